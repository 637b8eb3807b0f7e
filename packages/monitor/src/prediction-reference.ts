import { ChurnError } from '@churn/core';
import { withOtherFits } from './between-fits.js';
import { type NumericReference, numericReference } from './numeric-reference.js';

/** A model's predicted numbers on held-out rows, such as values or probabilities of an event within horizons. */
export type PredictionReference = {
  /** The reference of each number predicted per row. */
  readonly predictions: readonly NumericReference[];
  readonly rows: number;
  /** Metrics of the predictions by name; `null` if unknown. */
  readonly figures: Readonly<Record<string, number | null>> | null;
};

/** The default of `referenceProfile`. */
const CELLS = 200;

/**
 * The reference of the predictions of a regressor or survival model. Use held-out rows.
 *
 * @param predictions the predicted numbers by name, one value per row.
 * @param figures metrics of the predictions by name.
 * @param otherFits the held-out predictions of each of several models fitted on other rows, such as the folds of cross-validation, by the same
 * names. Pass them if the model that will predict is a refit: its predictions differ as much without any drift.
 * @throws `invalid-data` if there are no predictions, lengths differ or a number is not finite.
 */
export function predictionReference(
  predictions: ReadonlyMap<string, ArrayLike<number>>,
  figures: PredictionReference['figures'] = null,
  otherFits: readonly ReadonlyMap<string, ArrayLike<number>>[] = [],
): PredictionReference {
  const rows = requirePredictions([...predictions.values()], predictions.size);
  const references = Array.from(predictions, ([name, values]) =>
    withOtherFits(
      numericReference(name, values, CELLS),
      otherFits.map((fit) => fit.get(name) ?? []),
    ),
  );
  return { predictions: references, rows, figures };
}

/** @returns the number of rows. @throws `invalid-data` unless there are `count` arrays of finite numbers, one per row. */
export function requirePredictions(columns: readonly ArrayLike<number>[], count: number): number {
  if (count === 0)
    throw new ChurnError('invalid-data', 'expected at least one predicted number per row, got none');
  if (columns.length !== count) {
    throw new ChurnError(
      'invalid-data',
      `expected ${count} arrays, one per predicted number, got ${columns.length}`,
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
