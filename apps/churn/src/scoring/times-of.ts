import { type FittedPipeline, type FittedSurvivalModel, rowFaultError, type Table } from '@churn/core';
import { expectedRemainingTime, medianRemainingTime, probabilityWithin } from '@churn/survival';
import type { RecordedDurations } from '../model/recorded-durations.js';

/**
 * The predictions of a survival model: an array per horizon with the probability of the event within it from now, an array with the
 * expected time to the event, restricted to the last event time of the model, and one with the median time, missing if it is later.
 *
 * @throws `invalid-data` with a fault for each row whose elapsed time is not a number of at least 0; also as the model does.
 */
export function timesOf(
  model: FittedPipeline<FittedSurvivalModel>,
  x: Table,
  { horizons, elapsed: column }: RecordedDurations,
): Float64Array[] {
  if (column === undefined) return predictTimes(model, x, horizons);
  const elapsed = x.numeric(column);
  const faults = Array.from(elapsed.keys())
    .filter((row) => !(elapsed[row] >= 0 && elapsed[row] < Infinity))
    .map((row) => ({
      row,
      column,
      detail: `expected an elapsed time, a number of at least 0, got ${timeText(elapsed[row])}`,
    }));
  if (faults.length > 0) throw rowFaultError(faults);
  return predictTimes(model, x.select(model.schema.map(({ name }) => name)), horizons, elapsed);
}

function predictTimes(
  model: FittedPipeline<FittedSurvivalModel>,
  x: Table,
  horizons: readonly number[],
  elapsed?: Float64Array,
): Float64Array[] {
  return [
    ...probabilityWithin(model, x, horizons, { elapsed }),
    expectedRemainingTime(model, x, { elapsed }),
    medianRemainingTime(model, x, { elapsed }).map((time) => (time < Infinity ? time : NaN)),
  ];
}

function timeText(value: number): string {
  return Number.isNaN(value) ? 'none' : String(value);
}
