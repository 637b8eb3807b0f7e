import type { FittedLinearRegressor } from '@churn/models';
import { column, isInfinite, isMissing, linear, or } from '../expressions.js';
import { isBounded } from '../range.js';
import type { RegressorLowering } from '../regressors.js';
import { refuseFeatures } from './probabilities.js';

export const linearRegressor: RegressorLowering = (fitted, frame, builder) => {
  const { type, features, state } = fitted as FittedLinearRegressor;
  const { coefficients, intercept, link } = state;
  const of = refuseFeatures(frame, features, builder, { takesMissing: false }).map(column);
  const value = linear(intercept, coefficients, of);
  const amount = builder.compute(type, [
    { name: 'amount', value: link === 'log' ? { op: 'exp', of: value } : value },
  ])[0];
  if (!isBounded(builder.rangeOfColumn(amount))) {
    const wrong = or(isMissing(column(amount)), isInfinite(column(amount)));
    builder.refuse(wrong, 'values that have a finite amount');
  }
  return amount;
};
