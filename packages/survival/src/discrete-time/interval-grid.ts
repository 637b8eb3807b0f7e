import { ChurnError, type Durations } from '@churn/core';
import { ascending } from '../ranks.js';

/**
 * The ends of intervals that hold about equally many events each: quantiles of the durations that end with one. The last is the last
 * event.
 * @throws `invalid-target` if no row of a weight has an event after 0.
 */
export function intervalEnds(y: Durations, weights: Float64Array, nIntervals: number): Float64Array {
  const rows = ascending(y.values).filter(
    (row) => y.events[row] === 1 && y.values[row] > 0 && weights[row] > 0,
  );
  if (rows.length === 0)
    throw new ChurnError('invalid-target', 'DiscreteTimeHazards: expected an event after time 0, got none');
  const total = rows.reduce((sum, row) => sum + weights[row], 0);
  const ends: number[] = [];
  let sum = 0;
  for (const [i, row] of rows.entries()) {
    sum += weights[row];
    const isDue = sum * nIntervals >= total * (ends.length + 1) || i === rows.length - 1;
    if (isDue && y.values[row] !== ends[ends.length - 1]) ends.push(y.values[row]);
  }
  return Float64Array.from(ends);
}
