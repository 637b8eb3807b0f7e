import * as selection from './index.js';

it('@churn/selection exports these names', () => {
  expect(Object.keys(selection).sort()).toEqual([
    'accuracy',
    'confusionMatrix',
    'crossValScore',
    'f1',
    'precision',
    'precisionRecallF1',
    'recall',
    'rocAuc',
    'trainTestSplit',
  ]);
});
