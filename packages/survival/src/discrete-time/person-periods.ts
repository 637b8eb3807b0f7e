import type { Durations } from '@churn/core';

/** Rows by the intervals in which they were under observation: one person-period each. */
export interface PersonPeriods {
  /** The row that each person-period is of. */
  readonly rows: Uint32Array;
  /** Its interval. */
  readonly intervals: Uint32Array;
  /** Whether the event came in it. */
  readonly events: readonly boolean[];
  /** How much it counts: 1 with an event, and else the share of the interval that the row was observed for, above 0. */
  readonly exposure: Float64Array;
}

/**
 * Splits durations at the ends of intervals (Allison, 1982). A row that is censored, or comes under observation, within an interval counts for the part
 * of it that was observed; to leave such rows out would make hazards too high. Observation after the last end does not count.
 */
export function personPeriods({ values, events, entry }: Durations, ends: Float64Array): PersonPeriods {
  const [rows, intervals, exposure]: [number[], number[], number[]] = [[], [], []];
  const happened: boolean[] = [];
  values.forEach((end, row) => {
    const from = entry?.[row] ?? 0;
    for (let k = 0; k < ends.length; k++) {
      const start = k > 0 ? ends[k - 1] : 0;
      if (ends[k] <= from) continue;
      if (start >= end && k > 0) break;
      const hasEvent = events[row] === 1 && end <= ends[k];
      const observed = (Math.min(end, ends[k]) - Math.max(from, start)) / (ends[k] - start);
      if (!hasEvent && observed <= 0) continue;
      rows.push(row);
      intervals.push(k);
      happened.push(hasEvent);
      exposure.push(hasEvent ? 1 : observed);
    }
  });
  return {
    rows: Uint32Array.from(rows),
    intervals: Uint32Array.from(intervals),
    events: happened,
    exposure: Float64Array.from(exposure),
  };
}
