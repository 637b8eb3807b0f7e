import { type ColumnData, Table } from '@churn/core';
import reference from '../../test/reference/boosting.json';
import { GradientBoostingClassifier } from './gradient-boosting.js';

interface Params {
  readonly max_iter: number;
  readonly max_leaf_nodes: number;
  readonly max_depth?: number;
  readonly learning_rate?: number;
  readonly min_samples_leaf?: number;
  readonly l2_regularization?: number;
  readonly categorical_features?: readonly number[];
}

function columnsOf(rows: readonly (number | null)[][], categories: readonly number[] = []): Table {
  return Table.fromColumns(
    rows[0].map((_, j): [string, ColumnData] => {
      const values = rows.map((row) => row[j]);
      const isCategory = categories.includes(j);
      return [
        `x${j}`,
        isCategory ? values.map((value) => (value === null ? null : `level ${value}`)) : values,
      ];
    }),
  );
}

describe.each(reference.cases)(
  'GradientBoostingClassifier on "$name"',
  ({ params, x: rows, y, ...expected }) => {
    const settings: Params = params as Params;
    const x = columnsOf(rows, settings.categorical_features);
    const model = new GradientBoostingClassifier({
      nEstimators: settings.max_iter,
      maxLeafNodes: settings.max_leaf_nodes,
      maxDepth: settings.max_depth,
      learningRate: settings.learning_rate ?? 0.1,
      minSamplesLeaf: settings.min_samples_leaf ?? 20,
      l2Regularization: settings.l2_regularization ?? 0,
      growth: 'leaf',
      randomStrength: 0,
      categories: 'sets',
    }).fit(x, y, { sampleWeight: expected.weights ?? undefined });

    it("has the raw scores of scikit-learn's HistGradientBoostingClassifier", () => {
      const scores = model.decisionFunction(x);
      expect(scores).toHaveLength(expected.scores.length);
      // scikit-learn's gradients are single-precision numbers.
      const apart = scores.map((score, k) =>
        Math.max(...score.map((value, row) => Math.abs(value - expected.scores[k][row]))),
      );
      expect(Math.max(...apart)).toBeLessThan(1e-6);
    });
  },
);
