import { type ModelDefinition, type Regressor, Table } from '@churn/core';
import reference from '../../test/reference/linear_regression.json';
import { regressors } from '../index.js';
import type { FittedLinearRegressor } from './fitted-linear-regressor.js';

const data = new Map(reference.data.map((each) => [each.name, each]));

it.each(reference.cases)(
  'agrees with scikit-learn: $type, $options, $data',
  ({ data: name, type, options, weights, coefficients, intercept }) => {
    const { x, y } = data.get(name) as (typeof reference.data)[number];
    const definition = regressors.find((each) => each.type === type) as ModelDefinition<Regressor>;
    const model = new definition(options);
    const fitted = model.fit(Table.fromMatrix(x), y, weights ? { sampleWeight: weights } : {});
    const { state } = fitted as FittedLinearRegressor;
    const size = Math.max(...coefficients.map(Math.abs));
    state.coefficients.forEach((value, j) => {
      expect(Math.abs(value - coefficients[j])).toBeLessThan(1e-8 * Math.max(size, 1));
    });
    expect(Math.abs(state.intercept - intercept)).toBeLessThan(1e-8 * Math.max(Math.abs(intercept), 1));
    expect(state.converged).toBe(true);
  },
);
