import { Durations, Labels, type Target, TargetValues } from '@churn/core';
import type { TaskName } from '../config/target.js';

/** The duration of a row, and whether it ended with the event. */
interface KnownDuration {
  readonly duration: number;
  /** 1 or 0. */
  readonly event: number;
  /** The time of entry, if some rows entered late. */
  readonly entry?: number;
}

/** The outcome of a row: a label, a value or a duration. */
export type Truth = string | number | KnownDuration;

/** The outcomes of a target. */
export function truthOf(y: Target): Truth[] {
  if (y.kind === 'classes') return y.toArray().map(String);
  if (y.kind === 'values') return Array.from(y.values);
  const { values, events, entry } = y;
  return Array.from(values, (duration, row) => ({
    ...{ duration, event: events[row] },
    ...(entry && { entry: entry[row] }),
  }));
}

/** Outcomes as a target. @param classes the classes of the labels; empty for other tasks. */
export function targetOf(task: TaskName, truth: readonly Truth[], classes: readonly string[]): Target {
  if (task === 'classes') return Labels.from(truth as readonly string[], classes);
  if (task === 'value') return TargetValues.from(truth as readonly number[]);
  const known = truth as readonly KnownDuration[];
  const areLate = known.some(({ entry }) => entry !== undefined);
  return Durations.from({
    durations: known.map(({ duration }) => duration),
    events: known.map(({ event }) => event),
    ...(areLate && { entry: known.map(({ entry = 0 }) => entry) }),
  });
}
