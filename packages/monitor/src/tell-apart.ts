import {
  integerParameter,
  Labels,
  type OptionsOf,
  readOptions,
  requireTable,
  type Table,
  withDefault,
} from '@churn/core';
import { GradientBoostingClassifier } from '@churn/models';
import { StratifiedKFold } from '@churn/selection';
import type { FigureInterval } from './performance-report.js';
import { realisedPerformance } from './realised-performance.js';
import { sum } from './sum.js';

const parameters = {
  /** How many rows of each table are drawn at most, at least 10. Default 2000. */
  maxRows: withDefault(integerParameter({ from: 10 }), 2000),
  /** How many trees are grown, at least 1. Default 50. */
  nEstimators: withDefault(integerParameter({ from: 1 }), 50),
  /** What rows are drawn and folds are made by. Default 0. */
  seed: withDefault(integerParameter(), 0),
};

export type TellApartOptions = OptionsOf<typeof parameters>;

/** How well a classifier tells old rows from new ones. */
export interface Separation {
  /** How many rows of each it saw. */
  readonly rows: { readonly reference: number; readonly current: number };
  /** The area under the ROC curve, of rows that it did not learn from: 0.5 where they look the same, 1 if they have nothing in common. */
  readonly rocAuc: FigureInterval;
  /**
   * What gives the rows away: how much each column moved the classifier's score, in rows that it did not learn from; the most important
   * first. The numbers add up to 1, or are all 0.
   */
  readonly importances: readonly { readonly name: string; readonly importance: number }[];
}

const FOLDS = 5;

/**
 * Lets a classifier learn to tell new rows from those of the reference, and tests it on rows that it has not seen. It finds what no
 * column shows by itself, such as two columns that no longer go together (D. Lopez-Paz and M. Oquab, "Revisiting Classifier Two-Sample
 * Tests", 2017). Gradient boosting takes gaps and categories as they are.
 *
 * Leave out columns that must differ, such as dates and IDs: they alone give all rows away.
 *
 * @param current has the columns of the reference; others are ignored.
 * @throws `column-name` or `column-kind` if a column is missing or of another kind; `invalid-parameter` if an option is invalid, or a
 * table has fewer than five rows.
 */
export function tellApart(reference: Table, current: Table, options?: TellApartOptions): Separation {
  const { maxRows, nEstimators, seed } = readOptions(parameters, options);
  requireTable(reference);
  requireTable(current);
  const draw = (table: Table) => (table.nRows > maxRows ? table.sample(maxRows, { seed }) : table);
  const before = draw(reference);
  const now = draw(current).select(reference.names);
  const rows = before.concat(now);
  const origins = Array.from({ length: rows.nRows }, (_, row) =>
    row < before.nRows ? 'reference' : 'current',
  );
  const labels = Labels.from(origins, { classes: ['reference', 'current'] });
  const probabilities = [new Float64Array(rows.nRows), new Float64Array(rows.nRows)];
  /** By how much each column has moved the score, up or down, in all rows together. */
  const moved = new Float64Array(rows.names.length);
  const folds = new StratifiedKFold({ nSplits: FOLDS, shuffle: true, seed }).split(rows, labels);
  for (const { train, test } of folds) {
    const model = new GradientBoostingClassifier({ nEstimators, seed }).fit(
      rows.take(train),
      labels.take(train),
    );
    const tested = rows.take(test);
    model.predictProba(tested).forEach((column, place) => {
      column.forEach((probability, i) => {
        probabilities[place][test[i]] = probability;
      });
    });
    const [{ contributions }] = model.attributions(tested).outputs;
    contributions.forEach((column, i) => {
      for (const contribution of column) moved[i] += Math.abs(contribution);
    });
  }
  const { figures } = realisedPerformance(labels, probabilities, { seed });
  const total = sum(moved);
  const named = rows.names.map((name, i) => ({ name, importance: total > 0 ? moved[i] / total : 0 }));
  return {
    rows: { reference: before.nRows, current: now.nRows },
    rocAuc: figures.rocAuc,
    importances: named.sort((a, b) => b.importance - a.importance),
  };
}
