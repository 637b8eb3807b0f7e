import type { Durations } from '@churn/core';
import { kaplanMeier, medianSurvival } from '@churn/survival';

/** The durations of a target in a few numbers. */
export type SurvivalSummary = {
  readonly rows: number;
  readonly events: number;
  readonly longest: number;
  /** By the Kaplan-Meier estimate; null where more than half of the rows never have the event. */
  readonly medianSurvival: number | null;
};

/** @param y of one row at least with an event. */
export function survivalSummary(y: Durations): SurvivalSummary {
  const { time } = medianSurvival(kaplanMeier(y));
  return {
    rows: y.length,
    events: y.events.reduce((sum, event) => sum + event, 0),
    longest: y.values.reduce((most, value) => Math.max(most, value), 0),
    medianSurvival: Number.isFinite(time) ? time : null,
  };
}
