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
  /** The maximum number of rows drawn from each table, at least 10. Default 2000. */
  maxRows: withDefault(integerParameter({ from: 10 }), 2000),
  /** The number of trees, at least 1. Default 50. */
  nEstimators: withDefault(integerParameter({ from: 1 }), 50),
  /** The seed for sampling rows and folds. Default 0. */
  seed: withDefault(integerParameter(), 0),
};

export type ClassifierTwoSampleTestOptions = OptionsOf<typeof parameters>;

/** How well a classifier separates new rows from the reference. */
export interface Separation {
  /** The numbers of rows used from each table. */
  readonly rows: { readonly reference: number; readonly current: number };
  /** The ROC AUC on held-out rows: 0.5 if the tables cannot be distinguished, 1 if they are fully separable. */
  readonly rocAuc: FigureInterval;
  /**
   * The feature importances of the classifier: the share of each column in the absolute attributions on held-out rows, the most important first.
   * They add up to 1, or are all 0.
   */
  readonly importances: readonly { readonly name: string; readonly importance: number }[];
}

const FOLDS = 5;

/**
 * A classifier two-sample test: cross-validates a classifier that separates new rows from the reference. It detects changes that no single column
 * shows, such as a changed correlation (D. Lopez-Paz and M. Oquab, "Revisiting Classifier Two-Sample Tests", 2017). The classifier is gradient
 * boosting, which supports missing values and categories.
 *
 * Leave out columns that necessarily differ, such as dates and IDs: they alone separate all rows.
 *
 * @param current has the columns of the reference; others are ignored.
 * @throws `column-name` or `column-kind` if a column is missing or of another kind; `invalid-parameter` if an option is invalid, or a
 * table has fewer than five rows.
 */
export function classifierTwoSampleTest(
  reference: Table,
  current: Table,
  options?: ClassifierTwoSampleTestOptions,
): Separation {
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
  /** The sum of each column's absolute attributions over all rows. */
  const attributed = new Float64Array(rows.names.length);
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
      for (const contribution of column) attributed[i] += Math.abs(contribution);
    });
  }
  const { figures } = realisedPerformance(labels, probabilities, { seed });
  const total = sum(attributed);
  const named = rows.names.map((name, i) => ({ name, importance: total > 0 ? attributed[i] / total : 0 }));
  return {
    rows: { reference: before.nRows, current: now.nRows },
    rocAuc: figures.rocAuc,
    importances: named.sort((a, b) => b.importance - a.importance),
  };
}
