import { type FittedPipeline, type FittedSurvivalModel, rowFaultError, type Table } from '@churn/core';
import { expectedRemainingTime, medianRemainingTime, probabilityWithin } from '@churn/survival';
import type { RecordedDurations } from '../model/recorded-durations.js';

/**
 * What a model of times predicts of rows: an array for each horizon with the probability that the event comes within it from now on, and
 * one with the expected time until then, which is followed up to the last time that the model knows, and one with its median, missing if
 * that is later.
 *
 * @throws `invalid-data` with a fault for each row whose time elapsed is not a number of at least 0; the errors of the model.
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
      detail: `expected the time elapsed, a number of at least 0, got ${timeText(elapsed[row])}`,
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
