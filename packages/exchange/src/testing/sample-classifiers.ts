import { type Classifier, Pipeline } from '@churn/core';
import {
  BaggedClassifier,
  CalibratedClassifier,
  DecisionTreeClassifier,
  DummyClassifier,
  ExtraTreesClassifier,
  GaussianNB,
  GradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
  StackingClassifier,
  SVC,
  VotingClassifier,
} from '@churn/models';
import {
  type LibsvmEngine,
  LibsvmSvc,
  MlLogisticRegression,
  type MlLogisticRegressionEngine,
  MlRandomForest,
  type MlRandomForestEngine,
} from '@churn/models/mljs';
import { GroupThresholdClassifier, ThresholdClassifier } from '@churn/selection';
import {
  CategoryEncoder,
  DateParts,
  MeanImputer,
  ModeImputer,
  OneHotEncoder,
  onColumns,
  SelectColumns,
  SkewCorrector,
  StandardScaler,
} from '@churn/transforms';

// Some of these libraries have no types.
const engines = {
  libsvm: jest.requireActual<LibsvmEngine>('libsvm-js/asm.js'),
  regression: {
    LogisticRegression: jest.requireActual('ml-logistic-regression'),
    Matrix: jest.requireActual('ml-matrix').Matrix,
  } as MlLogisticRegressionEngine,
  forest: jest.requireActual('ml-random-forest').RandomForestClassifier as MlRandomForestEngine,
};

/** Preprocessing for models that require numbers without missing values. */
const numeric = [
  new DateParts({ columns: ['on'], invalid: 'missing' }),
  new MeanImputer(),
  new ModeImputer(),
  new SkewCorrector(),
  onColumns(['level'], new CategoryEncoder()),
  new OneHotEncoder({ columns: ['city'] }),
  new StandardScaler(),
];
export const ofNumbers = (classifier: Classifier) => new Pipeline(numeric, classifier);
const dates = [new DateParts({ columns: ['on'], invalid: 'missing' })];
export const boosting = new GradientBoostingClassifier({ nEstimators: 20 });

/** Specifications of each classifier class, for the columns of `sampleTable`. */
export const sampleClassifiers: Readonly<Record<string, readonly Classifier[]>> = {
  BaggedClassifier: [new BaggedClassifier({ classifier: ofNumbers(new GaussianNB()), cv: 3 })],
  CalibratedClassifier: (['sigmoid', 'isotonic', 'temperature', 'beta'] as const).flatMap((method) => [
    new CalibratedClassifier({ classifier: ofNumbers(new LogisticRegression()), method }),
    new CalibratedClassifier({
      classifier: ofNumbers(new RandomForestClassifier({ nEstimators: 5 })),
      method,
    }),
  ]),
  DecisionTreeClassifier: [ofNumbers(new DecisionTreeClassifier())],
  DummyClassifier: [new DummyClassifier(), new DummyClassifier({ strategy: 'mostFrequent' })],
  ExtraTreesClassifier: [ofNumbers(new ExtraTreesClassifier({ nEstimators: 7 }))],
  GaussianNB: [ofNumbers(new GaussianNB())],
  GradientBoostingClassifier: [
    new Pipeline(dates, boosting),
    new Pipeline(dates, new GradientBoostingClassifier({ nEstimators: 10, categoryCombinations: 5 })),
    ofNumbers(boosting),
  ],
  GroupThresholdClassifier: [
    new GroupThresholdClassifier({
      ...{
        classifier: ofNumbers(new LogisticRegression()),
        by: 'level',
        rule: { maximise: 'youden' },
        minRows: 10,
      },
    }),
  ],
  KNeighborsClassifier: [
    ofNumbers(new KNeighborsClassifier()),
    ofNumbers(new KNeighborsClassifier({ weights: 'distance', nNeighbors: 9, p: 1 })),
    new Pipeline(
      [new SelectColumns(['c']), new MeanImputer()],
      new KNeighborsClassifier({ weights: 'distance', p: 3 }),
    ),
  ],
  LibsvmSvc: (['rbf', 'linear', 'poly', 'sigmoid'] as const).map((kernel) =>
    ofNumbers(new LibsvmSvc({ engine: engines.libsvm, kernel })),
  ),
  LogisticRegression: [ofNumbers(new LogisticRegression())],
  MlLogisticRegression: [ofNumbers(new MlLogisticRegression({ engine: engines.regression, numSteps: 100 }))],
  MlRandomForest: [
    ofNumbers(new MlRandomForest({ engine: engines.forest, nEstimators: 5, maxDepth: 5, minNumSamples: 2 })),
  ],
  RandomForestClassifier: [ofNumbers(new RandomForestClassifier({ nEstimators: 7 }))],
  StackingClassifier: [
    new StackingClassifier({
      classifiers: [ofNumbers(new LogisticRegression()), new Pipeline(dates, boosting)],
    }),
  ],
  SVC: (['rbf', 'linear', 'poly', 'sigmoid'] as const).map((kernel) => ofNumbers(new SVC({ kernel }))),
  ThresholdClassifier: [new ThresholdClassifier({ classifier: ofNumbers(new LogisticRegression()) })],
  VotingClassifier: [
    new VotingClassifier({
      classifiers: [ofNumbers(new LogisticRegression()), new Pipeline(dates, boosting)],
      weights: [1, 3],
    }),
  ],
};

/** Classifiers for two classes only. */
export const TWO_CLASSES: readonly string[] = [
  'GroupThresholdClassifier',
  'LibsvmSvc',
  'ThresholdClassifier',
];
