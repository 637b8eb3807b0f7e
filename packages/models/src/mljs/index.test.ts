import * as mljs from './index.js';

it('@churn/models/mljs exports these names', () => {
  expect(Object.keys(mljs).sort()).toEqual([
    'FittedLibsvmSvc',
    'FittedMlLogisticRegression',
    'FittedMlRandomForest',
    'LibsvmSvc',
    'MlLogisticRegression',
    'MlRandomForest',
  ]);
});
