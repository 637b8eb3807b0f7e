import { Table } from '@churn/core';
import reference from '../../test/reference/forest_regressors.json';
import type { RegressionCriterion } from '../trees/criterion.js';
import { DecisionTreeRegressor } from './decision-tree-regressor.js';
import { ExtraTreesRegressor } from './extra-trees-regressor.js';
import { RandomForestRegressor } from './random-forest-regressor.js';

interface Params {
  readonly max_depth?: number;
  readonly min_samples_leaf?: number;
  readonly min_samples_split?: number;
  readonly max_features?: number;
  readonly bootstrap?: boolean;
  readonly criterion?: string;
}

interface Tree {
  readonly params: Params;
  readonly isWeighted: boolean;
  readonly amounts: readonly number[];
  readonly importances: readonly number[];
}

interface Forests {
  readonly model: string;
  readonly params: Params;
  readonly rmse: { readonly mean: number; readonly sd: number };
}

const optionsOf = (params: Params) => ({
  maxDepth: params.max_depth,
  minSamplesLeaf: params.min_samples_leaf,
  minSamplesSplit: params.min_samples_split,
  criterion: params.criterion as RegressionCriterion | undefined,
});

function rmse(predicted: Float64Array, amounts: readonly number[]): number {
  return Math.sqrt(
    predicted.reduce((sum, value, row) => sum + (value - amounts[row]) ** 2, 0) / predicted.length,
  );
}

describe.each(reference.data)(
  'on "$name" agrees with scikit-learn',
  ({ x: rows, y, weight, trees, forests, name }) => {
    const x = Table.fromColumns(rows[0].map((_, j) => [`x${j}`, rows.map((row) => row[j])] as const));

    it.each<Tree>(trees)('DecisionTreeRegressor with $params, weighted: $isWeighted', (expected) => {
      const sampleWeight = expected.isWeighted ? weight : undefined;
      const model = new DecisionTreeRegressor(optionsOf(expected.params)).fit(
        x,
        y,
        sampleWeight && { sampleWeight },
      );
      model.predict(x).forEach((value, row) => {
        // A row of weight 0 may have a value between those of two weighted rows, where the edge is midway.
        if (expected.isWeighted && weight[row] === 0) return;
        expect(Math.abs(value - expected.amounts[row])).toBeLessThan(1e-9);
      });
      model.forest.importances.forEach((value, feature) => {
        expect(Math.abs(value - expected.importances[feature])).toBeLessThan(1e-9);
      });
    });

    const half = Math.floor(y.length / 2);
    const train = Int32Array.from({ length: half }, (_, i) => i);
    const test = Int32Array.from({ length: y.length - half }, (_, i) => half + i);

    it.each<Forests>(forests)(
      '$model with $params performs as well, on average over 30 seeds',
      ({ model, params, rmse: expected }) => {
        const Model = model === 'RandomForestRegressor' ? RandomForestRegressor : ExtraTreesRegressor;
        const options = {
          ...optionsOf(params),
          nEstimators: 40,
          maxFeatures: params.max_features,
          bootstrap: params.bootstrap,
        };
        const errors = Array.from({ length: 30 }, (_, seed) => {
          const forest = new Model({ ...options, seed }).fit(x.take(train), y.slice(0, half));
          return rmse(forest.predict(x.take(test)), y.slice(half));
        });
        const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
        // Missing values go to the better side here, and to a random side in scikit-learn.
        expect(mean - expected.mean).toBeLessThan((name === 'gaps' ? 1 : 0.7) * expected.sd);
        if (name !== 'gaps') expect(mean - expected.mean).toBeGreaterThan(-0.7 * expected.sd);
      },
    );
  },
);
