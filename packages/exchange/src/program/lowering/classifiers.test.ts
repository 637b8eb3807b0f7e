import {
  type Classifier,
  type FittedClassifier,
  Labels,
  likeliest,
  Pipeline,
  type Regressor,
  type Table,
} from '@churn/core';
import {
  BaggedClassifier,
  CalibratedClassifier,
  classifiers,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  DummyClassifier,
  DummyRegressor,
  ExtraTreesClassifier,
  ExtraTreesRegressor,
  GaussianNB,
  GradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
  RandomForestRegressor,
  regressors,
  StackingClassifier,
  SVC,
  SVR,
  VotingClassifier,
} from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import { FittedThresholdClassifier, ThresholdClassifier } from '@churn/selection';
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
import { expectedRows, requireClose } from '../../testing/close-rows.js';
import { runModule, runRows } from '../../testing/run-module.js';
import { sampleLabels, sampleTable } from '../../testing/sample-tables.js';
import { classifierLowerings } from './classifier-lowerings.js';
import { lower } from './lower.js';
import { refusals } from './refusals.js';
import { regressorLowerings } from './regressors.js';

const train = sampleTable({ nRows: 150, seed: 1 });
const wild = sampleTable({ nRows: 200, seed: 2, wild: true });

/** Processing for models that take numbers alone, without gaps. */
const numeric = [
  new DateParts({ columns: ['on'], invalid: 'missing' }),
  new MeanImputer(),
  new ModeImputer(),
  new SkewCorrector(),
  onColumns(['level'], new CategoryEncoder()),
  new OneHotEncoder({ columns: ['city'] }),
  new StandardScaler(),
];
const ofNumbers = (classifier: Classifier) => new Pipeline(numeric, classifier);
const dates = [new DateParts({ columns: ['on'], invalid: 'missing' })];
const boosting = new GradientBoostingClassifier({ nEstimators: 20 });

const tried: Readonly<Record<string, readonly Classifier[]>> = {
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
  KNeighborsClassifier: [
    ofNumbers(new KNeighborsClassifier()),
    ofNumbers(new KNeighborsClassifier({ weights: 'distance', nNeighbors: 9, p: 1 })),
    new Pipeline(
      [new SelectColumns(['c']), new MeanImputer()],
      new KNeighborsClassifier({ weights: 'distance', p: 3 }),
    ),
  ],
  LogisticRegression: [ofNumbers(new LogisticRegression())],
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

test('each model is lowered or refused with a reason, and is tried where it is fitted here', () => {
  const names = [
    ...[...classifiers, ...mljsClassifiers].map(({ type }) => type),
    BaggedClassifier.type,
    CalibratedClassifier.type,
    StackingClassifier.type,
    ThresholdClassifier.type,
    VotingClassifier.type,
  ];
  expect(names.filter((name) => !(name in classifierLowerings) && !(name in refusals))).toEqual([]);
  expect(regressors.filter(({ type }) => !(type in regressorLowerings))).toEqual([]);
  const own = [...names].filter((name) => !mljsClassifiers.some(({ type }) => type === name));
  expect(own.filter((name) => !(name in tried))).toEqual([]);
});

for (const [name, all] of Object.entries(tried)) {
  all.forEach((classifier, i) => {
    for (const nClasses of name === 'ThresholdClassifier' ? [2] : [2, 3]) {
      test(`${name} ${i + 1} of ${nClasses} classes: a program gives what the pipeline gives, and refuses what it refuses`, () => {
        const fitted = new Pipeline([], classifier).fit(train, labelsOf(nClasses));
        check(fitted, wild);
      });
    }
  });
}

test('a class that had no rows has probability 0', () => {
  const y = Labels.from(sampleLabels(train, 2, 3), ['never', 'class 0', 'class 1']);
  for (const classifier of [new LogisticRegression(), new GaussianNB(), boosting]) {
    check(ofNumbers(classifier).fit(train, y), wild);
  }
});

test('a threshold decides, also one that is put around a model', () => {
  const labels = sampleLabels(train, 2, 3);
  const model = ofNumbers(new LogisticRegression()).fit(train, labels);
  const program = lower(new FittedThresholdClassifier(model, 0.125));
  const { threshold } = runModule(program);
  expect(threshold).toBe(0.125);
  const rows = runRows(new FittedThresholdClassifier(model, 0.125), train.toRows());
  const expected = new FittedThresholdClassifier(model, 0.125).predict(train);
  expect(rows.map((row) => row?.prediction)).toEqual(expected);
  expect(new Set(expected).size).toBe(2);
});

test('models that draw at random are refused by name', () => {
  const model = new DummyClassifier({ strategy: 'stratified' }).fit(train, sampleLabels(train, 2, 3));
  expect(() => lower(model)).toThrow(/DummyClassifier of strategy stratified: .*draws at random/);
});

test('an amount', () => {
  const amounts = Array.from({ length: train.nRows }, (_, row) => row / 7);
  const fitted = new Pipeline([new StandardScaler()], new DummyRegressor()).fit(train, amounts);
  expect(runRows(fitted, [{}])).toEqual([{ amount: fitted.predict(train)[0] }]);
});

test.each<Regressor>([
  new DecisionTreeRegressor({ minSamplesLeaf: 2 }),
  new ExtraTreesRegressor({ nEstimators: 8 }),
  new RandomForestRegressor({ nEstimators: 8, criterion: 'poisson' }),
  new SVR({ epsilon: 2 }),
  new SVR({ kernel: 'poly', degree: 2, C: 0.1 }),
  new SVR({ epsilon: 100 }),
])('the amounts of a model of numbers: %p', (regressor) => {
  const amounts = Array.from({ length: train.nRows }, (_, row) => (row * row) % 17);
  const steps = [new SelectColumns({ kind: 'numeric' }), new MeanImputer(), new StandardScaler()];
  const fitted = new Pipeline(steps, regressor).fit(train, amounts);
  const expected = expectedRows(wild, (part) => Array.from(fitted.predict(part)));
  const rows = runRows(fitted, wild.toRows());
  expect(rows.filter((row) => row !== undefined).length).toBeGreaterThan(40);
  rows.forEach((row, at) => {
    const told = expected[at];
    if (told === undefined) expect(row).toBeUndefined();
    else expect(row?.amount).toBeCloseTo(told, 10);
  });
});

function labelsOf(nClasses: number): Labels {
  const labels = sampleLabels(train, nClasses, 3);
  return Labels.from(labels, nClasses === 2 ? { positive: 'class 1' } : {});
}

function check(fitted: FittedClassifier, table: Table): void {
  const expected = expectedRows(table, (part) => {
    const probabilities = fitted.predictProba(part);
    return Array.from({ length: part.nRows }, (_, row) => probabilities.map((column) => column[row]));
  });
  const rows = runRows(fitted as never, table.toRows());
  expect(rows.filter((row) => row !== undefined).length).toBeGreaterThan(40);
  table.toRows().forEach((given, at) => {
    const where = JSON.stringify(given);
    const row = rows[at];
    const told = expected[at];
    if (!row || !told) {
      if (row || told) throw new Error(`${where}: got ${JSON.stringify(row)}, expected ${told}`);
      return;
    }
    if (told.length === 2) requireClose(row.probability, told[1], where);
    else {
      for (const [k, p] of told.entries()) {
        requireClose((row.probabilities as number[])[k], p, `${where}, class ${k}`);
      }
    }
    if (fitted.threshold === undefined) {
      const columns = told.map((p) => Float64Array.of(p));
      if (row.prediction !== likeliest(fitted.classes, columns)[0])
        throw new Error(`${where}: ${row.prediction}`);
    }
  });
}
