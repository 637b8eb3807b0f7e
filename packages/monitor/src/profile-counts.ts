import { ChurnError, requireTable, type Table } from '@churn/core';
import { CategoryCounts } from './category-counts.js';
import { NumericCounts } from './numeric-counts.js';
import { PredictionCounts } from './prediction-counts.js';
import type { ReferenceProfile } from './reference-profile.js';
import { ScoreCounts } from './score-counts.js';

export type ColumnCounts = NumericCounts | CategoryCounts;

/**
 * Counts new rows in the cells and levels of a reference, in constant memory. Adding rows singly, adding tables, and merging counts give the
 * same result.
 *
 * ```ts
 * const counts = new ProfileCounts(reference);
 * for (const { table, probabilities } of batches) counts.add(table, probabilities);
 * ```
 */
export class ProfileCounts {
  /** The number of rows counted. */
  rows = 0;
  /** The counts of each column, in the order of the reference. */
  readonly columns: readonly ColumnCounts[];
  /** `null` if the reference has no scores. */
  readonly scores: ScoreCounts | null;
  /** `null` if the reference has no other predictions. */
  readonly predicted: PredictionCounts | null;

  constructor(readonly reference: ReferenceProfile) {
    this.columns = reference.columns.map((column) =>
      column.kind === 'numeric' ? new NumericCounts(column) : new CategoryCounts(column),
    );
    this.scores = reference.score && new ScoreCounts(reference.score);
    this.predicted = reference.predicted ? new PredictionCounts(reference.predicted) : null;
  }

  /**
   * Counts the rows of a table.
   *
   * @param table has the columns of the reference; others are ignored.
   * @param predictions of the model: probabilities, one array per class, or predicted numbers, one array per number, each with one value per row.
   * Optional; ignored if the reference has none.
   * @throws `column-name` or `column-kind` if a column is missing or of another kind; `invalid-data` if predictions are invalid or of another
   * number of rows. Nothing is counted in this case.
   */
  add(table: Table, predictions?: readonly ArrayLike<number>[]): void {
    requireTable(table);
    const taken = this.reference.columns.map(({ name, kind }) =>
      kind === 'numeric' ? table.numeric(name) : table.category(name),
    );
    const made = this.scores ?? this.predicted;
    if (predictions && made) {
      const rows = predictions[0]?.length ?? 0;
      if (rows !== table.nRows) {
        throw new ChurnError(
          'invalid-data',
          `expected predictions for the ${table.nRows} rows of the table, got ${rows}`,
        );
      }
      made.add(predictions);
    }
    this.rows += table.nRows;
    this.columns.forEach((counts, i) => {
      const column = taken[i];
      if (counts.kind === 'category') {
        if ('codes' in column) counts.addColumn(column);
      } else if (!('codes' in column)) {
        for (let row = 0; row < column.length; row++) counts.add(column[row]);
      }
    });
  }

  /**
   * Counts a row.
   *
   * @param values in the order of the reference's columns; `null`, and `NaN` for numbers, is missing.
   * @param predictions of the model: one probability per class, or the predicted numbers. Optional; ignored if the reference has none.
   * @throws `invalid-data` if the number of values is wrong or a prediction is invalid; `column-kind` if a value does not have the kind of its
   * column. Nothing is counted in this case.
   */
  addRow(values: readonly (number | string | null)[], predictions?: ArrayLike<number>): void {
    const { columns, scores } = this;
    if (values.length !== columns.length) {
      throw new ChurnError('invalid-data', `expected ${columns.length} values, got ${values.length}`);
    }
    for (let i = 0; i < columns.length; i++) {
      const value = values[i] ?? null;
      if (value === null || (typeof value === 'number') === (columns[i].kind === 'numeric')) continue;
      throw wrongValue(columns[i], value);
    }
    if (predictions) (scores ?? this.predicted)?.addRow(predictions);
    this.rows++;
    for (let i = 0; i < columns.length; i++) {
      const counts = columns[i];
      const value = values[i] ?? null;
      if (counts.kind === 'numeric') counts.add(value === null ? NaN : (value as number));
      else counts.add(value as string | null);
    }
  }

  /**
   * Adds other counts of the same reference, which remain unchanged.
   * @throws `invalid-parameter` if their reference has other cells.
   */
  merge(other: ProfileCounts): void {
    if (!isSameReference(this.reference, other.reference)) {
      throw new ChurnError('invalid-parameter', 'other: expected counts of the same reference, got others');
    }
    this.rows += other.rows;
    this.columns.forEach((counts, i) => {
      const theirs = other.columns[i];
      if (counts.kind === 'numeric' && theirs.kind === 'numeric') counts.merge(theirs);
      if (counts.kind === 'category' && theirs.kind === 'category') counts.merge(theirs);
    });
    if (this.scores && other.scores) this.scores.merge(other.scores);
    if (this.predicted && other.predicted) this.predicted.merge(other.predicted);
  }

  /** Resets all counts to 0. */
  clear(): void {
    this.rows = 0;
    for (const counts of this.columns) counts.clear();
    this.scores?.clear();
    this.predicted?.clear();
  }
}

/** The counts of the predictions: probabilities of classes, or predicted numbers. Empty without predictions. */
export function predictedNumbers({ scores, predicted }: ProfileCounts): readonly NumericCounts[] {
  if (scores && scores.rows > 0) return scores.probabilities;
  return predicted && predicted.rows > 0 ? predicted.predictions : [];
}

function wrongValue({ kind, reference }: ColumnCounts, value: number | string): ChurnError {
  const expected = kind === 'numeric' ? 'a number' : 'text';
  return new ChurnError(
    'column-kind',
    `column "${reference.name}": expected ${expected}, got the ${typeof value} ${JSON.stringify(value)}`,
  );
}

/** Whether two references have the same cells. They may be distinct objects parsed from the same file. */
export function isSameReference(a: ReferenceProfile, b: ReferenceProfile): boolean {
  return a === b || JSON.stringify(cellsOf(a)) === JSON.stringify(cellsOf(b));
}

function cellsOf({ columns, score, predicted }: ReferenceProfile) {
  return [
    columns.map((column) => [column.name, column.kind === 'numeric' ? column.breakpoints : column.levels]),
    score?.probabilities.map(({ breakpoints }) => breakpoints) ?? null,
    predicted?.predictions.map(({ breakpoints }) => breakpoints) ?? null,
  ];
}
