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

/** What data looked like, and how a model scored it: what later data is compared with. Plain JSON, of a bounded size. */
export type ReferenceProfile = {
  readonly format: 1;
  readonly rows: number;
  /** In the order of the table. */
  readonly columns: readonly ColumnReference[];
  /** How a model of classes scored rows that it had not learned from; `null` if that is not known, and of other models. */
  readonly score: ScoreReference | null;
  /** What a model of values or times predicted of rows that it had not learned from; absent if that is not known, and of other models. */
  readonly predicted?: PredictionReference;
};

const parameters = {
  /** How many cells a numeric column has at most, from 2 to 10,000. Default 200. */
  maxCells: cellParameter,
  /** How many levels of a category column are kept at most, at least 1. Default 1000. */
  maxLevels: withDefault(integerParameter({ from: 1 }), 1000),
};

export type ReferenceProfileOptions = OptionsOf<typeof parameters>;

/**
 * The profile of a table, to compare later rows with. Its size does not grow with the table: a numeric column has at most `maxCells`
 * cells, of nearly as many rows each, or one a value if there are few values; of a category column the most frequent levels are kept.
 *
 * ```ts
 * const reference = referenceProfile(trainingRows);
 * const counts = new ProfileCounts(reference);
 * counts.add(newRows);
 * compareProfiles(reference, counts).alerts; // ['age']
 * ```
 * How a model of classes scored its test rows is added as `{ ...reference, score: scoreReference(probabilities, labels, classes) }`, and
 * what one of values or times predicted of them as `{ ...reference, predicted: predictionReference(new Map([['value', predictions]])) }`.
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
