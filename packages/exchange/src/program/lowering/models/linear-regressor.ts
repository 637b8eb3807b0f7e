import type { FittedLinearRegressor } from '@churn/models';
import { column, linear } from '../expressions.js';
import type { RegressorLowering } from '../regressors.js';
import { refuseOverflow } from './amounts.js';
import { refuseFeatures } from './probabilities.js';

export const linearRegressor: RegressorLowering = (fitted, frame, builder) => {
  const { type, features, state } = fitted as FittedLinearRegressor;
  const { coefficients, intercept, link } = state;
  const of = refuseFeatures(frame, features, builder, { takesMissing: false }).map(column);
  const value = linear(intercept, coefficients, of);
  const amount = builder.compute(type, [
    { name: 'amount', value: link === 'log' ? { op: 'exp', of: value } : value },
  ])[0];
  refuseOverflow(amount, builder);
  return amount;
};
