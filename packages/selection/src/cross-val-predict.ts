import { ChurnError, readOptions, type TargetLike } from '@churn/core';
import { type CrossValOptions, crossValParameters } from './cross-val-options.js';
import { foldPredictions } from './cross-val-score.js';
import { type AnyModel, targetOf } from './model.js';
import { type TableLike, tableOf } from './table-like.js';

/**
 * Out-of-fold predictions, by models fitted without the row: one array per class with the probability of each row, in the order of the
 * labels' classes, or one array of predicted values. `NaN` for rows that are in no test part, such as the first ones of a time series.
 *
 * Fit decision thresholds and calibrations on these.
 *
 * @throws `invalid-parameter` if a row is in two test parts, as in repeated splits; and as `crossValScore`.
 */
export function crossValPredict(
  model: AnyModel,
  rows: TableLike,
  y: TargetLike,
  options?: CrossValOptions,
): Float64Array[] {
  const x = tableOf(rows);
  const settings = readOptions(crossValParameters, options);
  const folds = foldPredictions(model, x, targetOf(model, y), settings);
  const isTested = new Uint8Array(x.nRows);
  const all = folds[0].predictions.map(() => new Float64Array(x.nRows).fill(NaN));
  for (const { test, predictions } of folds) {
    test.forEach((row, i) => {
      if (isTested[row]) {
        throw new ChurnError(
          'invalid-parameter',
          `cv: expected splits that test each row at most once, but row ${row} is tested twice; use crossValScore`,
        );
      }
      isTested[row] = 1;
      all.forEach((column, k) => {
        column[row] = predictions[k][i];
      });
    });
  }
  return all;
}
