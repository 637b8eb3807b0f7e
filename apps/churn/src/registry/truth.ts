import { Durations, Labels, type Target, TargetValues } from '@churn/core';
import type { TaskName } from '../config/target.js';

/** How long a row was observed, and whether the event ended it. */
interface KnownDuration {
  readonly duration: number;
  /** 1 or 0. */
  readonly event: number;
  /** When it came under observation, where some did late. */
  readonly entry?: number;
}

/** What became of a row: a label, a value, or a duration. */
export type Truth = string | number | KnownDuration;

/** What became of each row of a target. */
export function truthOf(y: Target): Truth[] {
  if (y.kind === 'classes') return y.toArray().map(String);
  if (y.kind === 'values') return Array.from(y.values);
  const { values, events, entry } = y;
  return Array.from(values, (duration, row) => ({
    ...{ duration, event: events[row] },
    ...(entry && { entry: entry[row] }),
  }));
}

/** What became of rows as a target. @param classes those of the labels; of others none. */
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
