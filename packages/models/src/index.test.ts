import * as models from './index.js';

it('@churn/models exports these names', () => {
  expect(Object.keys(models).sort()).toEqual([
    'CalibratedClassifier',
    'DecisionTreeClassifier',
    'DummyClassifier',
    'FittedCalibratedClassifier',
    'FittedDummyClassifier',
    'FittedForest',
    'FittedGradientBoosting',
    'FittedLogisticRegression',
    'GradientBoostingClassifier',
    'LogisticRegression',
    'RandomForestClassifier',
    'linearShap',
    'permutationImportance',
  ]);
});
