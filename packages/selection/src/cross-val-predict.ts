import { ChurnError, type Classifier, type LabelsLike, type Table } from '@churn/core';
import { type CrossValOptions, foldPredictions } from './cross-val-score.js';

/**
 * The probability of each class for each row, by models that were fitted without that row: an array a class in the order of the
 * labels' classes. `NaN` for rows that are in no test part, as of a time series the first.
 *
 * What a decision threshold or a calibration is to be learned from.
 *
 * @throws `invalid-parameter` where a row is in two test parts, as repeated splits have them; and as `crossValScore` does.
 */
export function crossValPredict(
  classifier: Classifier,
  x: Table,
  y: LabelsLike,
  options: CrossValOptions = {},
): Float64Array[] {
  const folds = foldPredictions(classifier, x, y, options);
  const isTested = new Uint8Array(x.nRows);
  const all = folds[0].prediction.probabilities.map(() => new Float64Array(x.nRows).fill(NaN));
  for (const { test, prediction } of folds) {
    test.forEach((row, i) => {
      if (isTested[row]) {
        throw new ChurnError(
          'invalid-parameter',
          `cv: expected splits that test each row at most once, but row ${row} is tested twice; use crossValScore`,
        );
      }
      isTested[row] = 1;
      all.forEach((column, k) => {
        column[row] = prediction.probabilities[k][i];
      });
    });
  }
  return all;
}
