import type { Durations } from '@churn/core';
import { kaplanMeier, medianSurvival } from '@churn/survival';

/** Summary statistics of durations. */
export type SurvivalSummary = {
  readonly rows: number;
  readonly events: number;
  readonly longest: number;
  /** By the Kaplan-Meier estimate; null if survival stays above one half. */
  readonly medianSurvival: number | null;
};

/** @param y durations with at least one event. */
export function survivalSummary(y: Durations): SurvivalSummary {
  const { time } = medianSurvival(kaplanMeier(y));
  return {
    rows: y.length,
    events: y.events.reduce((sum, event) => sum + event, 0),
    longest: y.values.reduce((most, value) => Math.max(most, value), 0),
    medianSurvival: Number.isFinite(time) ? time : null,
  };
}
