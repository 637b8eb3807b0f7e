import type { Durations } from '@churn/core';
import { descending } from './ranks.js';

/** What a sweep over the risk sets is told. */
export interface RiskSetVisitor {
  /** A row joins the risk set. */
  add(row: number): void;
  /** A row leaves it: earlier than its entry it was not observed. */
  remove(row: number): void;
  /** The rows that have their event at `time`; the risk set is that of `time`. */
  events(time: number, rows: readonly number[]): void;
}

/**
 * Visits the distinct event times from the last to the first. At each, the risk set holds the rows under observation: `entry < time <= duration`.
 * Takes O(n log n) for the order, and one visit per row.
 */
export function sweepRiskSets({ values, events, entry }: Durations, visitor: RiskSetVisitor): void {
  const byEnd = descending(values);
  const byEntry = entry ? descending(entry) : undefined;
  let left = 0;
  for (let next = 0; next < byEnd.length; ) {
    const time = values[byEnd[next]];
    const dying: number[] = [];
    for (; next < byEnd.length && values[byEnd[next]] === time; next++) {
      const row = byEnd[next];
      visitor.add(row);
      if (events[row] === 1) dying.push(row);
    }
    if (dying.length === 0) continue;
    if (entry && byEntry)
      for (; left < byEntry.length && entry[byEntry[left]] >= time; left++) visitor.remove(byEntry[left]);
    visitor.events(time, dying);
  }
}
