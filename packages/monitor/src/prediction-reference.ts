import { ChurnError } from '@churn/core';
import { type NumericReference, numericReference } from './numeric-reference.js';

/** How a model predicted numbers, such as values or probabilities of an event within some times, of rows that it had not learned from. */
export type PredictionReference = {
  /** Of each number that is predicted of a row. */
  readonly predictions: readonly NumericReference[];
  readonly rows: number;
  /** How good they were, by the names of the figures; `null` if that is not known. */
  readonly figures: Readonly<Record<string, number | null>> | null;
};

/** As many cells as `referenceProfile` has by default. */
const CELLS = 200;

/**
 * The predictions of a model of values or times, to compare later ones with. Use rows that the model was not fitted on.
 *
 * @param predictions what is predicted of each row, by its name.
 * @param figures how good the predictions are, by the names of the figures.
 * @throws `invalid-data` if there is none, one is not as long as the others or has a number that is not finite.
 */
export function predictionReference(
  predictions: ReadonlyMap<string, ArrayLike<number>>,
  figures: PredictionReference['figures'] = null,
): PredictionReference {
  const rows = requirePredictions([...predictions.values()], predictions.size);
  const references = Array.from(predictions, ([name, values]) => numericReference(name, values, CELLS));
  return { predictions: references, rows, figures };
}

/** @returns how many rows they are of. @throws `invalid-data` if they are not `count` arrays of finite numbers, one per row. */
export function requirePredictions(columns: readonly ArrayLike<number>[], count: number): number {
  if (count === 0)
    throw new ChurnError('invalid-data', 'expected predictions of one number or more, got none');
  if (columns.length !== count) {
    throw new ChurnError(
      'invalid-data',
      `expected an array for each prediction of a row, ${count}, got ${columns.length}`,
    );
  }
  const [{ length: rows }] = columns;
  for (const column of columns) {
    if (column.length !== rows) {
      throw new ChurnError(
        'invalid-data',
        `expected ${rows} predictions, as many as the others, got ${column.length}`,
      );
    }
    for (let row = 0; row < rows; row++) {
      if (!Number.isFinite(column[row])) throw noPrediction(row, column[row]);
    }
  }
  return rows;
}

export function noPrediction(row: number, received: unknown): ChurnError {
  return new ChurnError('invalid-data', `row ${row}: expected a finite prediction, got ${String(received)}`);
}
