import { Table } from '@churn/core';
import reference from '../../test/reference/boosting_regressors.json';
import { data } from '../../test/reference/forest_regressors.json';
import { GradientBoostingRegressor } from './gradient-boosting-regressor.js';
import type { RegressionLossName } from './regression-loss.js';

const LOSSES: Readonly<Record<string, RegressionLossName>> = {
  squared_error: 'squaredError',
  absolute_error: 'absoluteError',
  poisson: 'poisson',
};

it.each(reference.cases)(
  "on $data with the loss $loss does as well as scikit-learn's, on average over 30 seeds",
  ({ data: name, loss, rmse }) => {
    const { x: rows, y } = data.find((each) => each.name === name) as (typeof data)[number];
    const half = Math.floor(y.length / 2);
    const columns = rows[0].map((_, j) => [`x${j}`, rows.map((row) => row[j])] as const);
    const [train, test] = [0, half].map((from) =>
      Table.fromColumns(columns.map(([key, values]) => [key, values.slice(from, from + half)])),
    );
    const errors = Array.from({ length: 30 }, (_, seed) => {
      const model = new GradientBoostingRegressor({
        ...{ loss: LOSSES[loss], nEstimators: 40, learningRate: 0.1, growth: 'leaf', maxLeafNodes: 12 },
        ...{ minSamplesLeaf: 10, l2Regularization: 0, randomStrength: 0, maxFeaturesPerNode: 0.5, seed },
      }).fit(train, y.slice(0, half));
      const squares = model.predict(test).map((value, row) => (value - y[half + row]) ** 2);
      return Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / half);
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(mean - rmse.mean).toBeLessThan(rmse.sd);
    // This library is slightly better on the housing prices.
    expect(mean - rmse.mean).toBeGreaterThan(-1.5 * rmse.sd);
  },
);
