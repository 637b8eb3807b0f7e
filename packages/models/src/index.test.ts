import * as models from './index.js';

it('@churn/models exports these names', () => {
  expect(Object.keys(models).sort()).toEqual(['FittedLogisticRegression', 'LogisticRegression']);
});
