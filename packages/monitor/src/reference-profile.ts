import {
  integerParameter,
  type OptionsOf,
  readOptions,
  requireTable,
  type Table,
  withDefault,
} from '@churn/core';
import { type CategoryReference, categoryReference } from './category-reference.js';
import { cellParameter, type NumericReference, numericReference } from './numeric-reference.js';
import type { PredictionReference } from './prediction-reference.js';
import type { ScoreReference } from './score-reference.js';

export type ColumnReference = NumericReference | CategoryReference;

/** The reference with which later data is compared: the distributions of columns and of a model's predictions. Plain JSON of bounded size. */
export type ReferenceProfile = {
  readonly format: 1;
  readonly rows: number;
  /** The columns in the order of the table. */
  readonly columns: readonly ColumnReference[];
  /** A classifier's scores on held-out rows; `null` if unknown, and for other models. */
  readonly score: ScoreReference | null;
  /** A regressor's or survival model's predictions on held-out rows; absent if unknown, and for classifiers. */
  readonly predicted?: PredictionReference;
};

const parameters = {
  /** The maximum number of cells of a numeric column, from 2 to 10,000. Default 200. */
  maxCells: cellParameter,
  /** The maximum number of levels kept of a category column, at least 1. Default 1000. */
  maxLevels: withDefault(integerParameter({ from: 1 }), 1000),
};

export type ReferenceProfileOptions = OptionsOf<typeof parameters>;

/**
 * The profile of a table, with which later rows are compared. Its size is bounded: a numeric column has at most `maxCells` cells with about
 * equally many rows, or one per value if there are few; a category column keeps its most frequent levels.
 *
 * ```ts
 * const reference = referenceProfile(trainingRows);
 * const counts = new ProfileCounts(reference);
 * counts.add(newRows);
 * compareProfiles(reference, counts).alerts; // ['age']
 * ```
 * Add a classifier's scores on test rows with `{ ...reference, score: scoreReference(probabilities, labels, classes) }`, and other predictions
 * with `{ ...reference, predicted: predictionReference(new Map([['value', predictions]])) }`.
 *
 * @throws `invalid-parameter` if an option is invalid.
 */
export function referenceProfile(table: Table, options?: ReferenceProfileOptions): ReferenceProfile {
  const { maxCells, maxLevels } = readOptions(parameters, options);
  requireTable(table);
  const columns = Array.from(table.entries(), ([name, column]) =>
    column.kind === 'numeric'
      ? numericReference(name, column.values, maxCells)
      : categoryReference(name, column, maxLevels),
  );
  return { format: 1, rows: table.nRows, columns, score: null };
}
