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
    'FittedSVC',
    'GradientBoostingClassifier',
    'LogisticRegression',
    'RandomForestClassifier',
    'SVC',
    'linearShap',
    'permutationImportance',
    'treeShap',
  ]);
});
