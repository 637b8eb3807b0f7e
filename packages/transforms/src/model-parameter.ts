import { type Model, type Parameter, parameter } from '@churn/core';

/** A model to be fitted, not fitted yet. */
export const modelParameter: Parameter<Model> = {
  ...parameter('a classifier or a regressor to be fitted', (value): value is Model => {
    const { role, fit } = (value ?? {}) as Partial<Model>;
    return typeof fit === 'function' && (role === 'classifier' || role === 'regressor');
  }),
  isPlain: false,
};
