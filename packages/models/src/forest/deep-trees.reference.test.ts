import { Table } from '@churn/core';
import reference from '../../test/reference/deep_trees.json';
import type { Criterion } from '../trees/criterion.js';
import { DecisionTreeClassifier } from './decision-tree.js';

interface Case {
  readonly params: {
    readonly max_depth?: number;
    readonly criterion?: string;
    readonly min_samples_leaf: number;
    readonly min_samples_split?: number;
  };
  readonly depth: number;
  readonly ofOwnClass: readonly number[];
  readonly importances: readonly number[];
}

describe.each(reference.data)(
  'DecisionTreeClassifier with many levels agrees with scikit-learn on weighted rows of "$name"',
  ({ x: rows, y, weight, trees }) => {
    const x = Table.fromMatrix(rows);

    it.each<Case>(trees)('$params', ({ params, depth, ofOwnClass, importances }) => {
      expect(depth).toBeGreaterThanOrEqual(6);
      const model = new DecisionTreeClassifier({
        maxDepth: params.max_depth,
        criterion: params.criterion as Criterion,
        minSamplesLeaf: params.min_samples_leaf,
        minSamplesSplit: params.min_samples_split,
      }).fit(x, y, { sampleWeight: weight });
      const probabilities = model.predictProba(x);
      y.forEach((code, row) => {
        expect(Math.abs(probabilities[code][row] - ofOwnClass[row])).toBeLessThan(1e-9);
      });
      model.forest.importances.forEach((share, feature) => {
        expect(Math.abs(share - importances[feature])).toBeLessThan(1e-9);
      });
    });
  },
);
