import type { Durations } from '@churn/core';
import { ascending } from './ranks.js';

/** Rows counted by distinct duration, ascending: by their weights, if they have some. */
export interface EventTable {
  readonly times: Float64Array;
  /** The rows under observation just before each time: `entry < time <= duration`. */
  readonly atRisk: Float64Array;
  /** Those that have their event at each time. */
  readonly events: Float64Array;
  /** Those that are censored at each time: after the events of the same time. */
  readonly censored: Float64Array;
}

/**
 * Counts rows by distinct duration. Rows of weight 0 are not there. Takes O(n log n).
 *
 * @param times the times to count at, among which all durations are; without it the distinct durations.
 */
export function eventTable(
  { values, events, entry }: Durations,
  weights: Float64Array,
  times?: Float64Array,
): EventTable {
  const isThere = (row: number) => weights[row] > 0;
  const rows = ascending(values).filter(isThere);
  const at = times ?? Float64Array.from(rows, (row) => values[row]).filter((t, i, all) => t !== all[i - 1]);
  const counts = () => new Float64Array(at.length);
  const table = { times: at, atRisk: counts(), events: counts(), censored: counts() };
  let place = 0;
  for (const row of rows) {
    while (at[place] < values[row]) place++;
    (events[row] === 1 ? table.events : table.censored)[place] += weights[row];
  }
  const byEntry = entry ? ascending(entry).filter(isThere).reverse() : new Uint32Array(0);
  let [ended, late, next] = [0, 0, 0];
  for (let i = at.length - 1; i >= 0; i--) {
    const leaving = table.events[i] + table.censored[i];
    ended += leaving;
    for (; entry && next < byEntry.length && entry[byEntry[next]] >= at[i]; next++)
      late += weights[byEntry[next]];
    // Of fractions the difference may fall short of those that leave by a rounding error.
    table.atRisk[i] = Math.max(ended - late, leaving);
  }
  return table;
}
