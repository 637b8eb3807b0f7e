import { type FittedClassifier, Labels, likeliest, Pipeline, type Table } from '@churn/core';
import {
  BaggedClassifier,
  CalibratedClassifier,
  classifiers,
  DummyClassifier,
  GaussianNB,
  LogisticRegression,
  StackingClassifier,
  VotingClassifier,
} from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import {
  FittedGroupThresholdClassifier,
  FittedThresholdClassifier,
  GroupThresholdClassifier,
  ThresholdClassifier,
} from '@churn/selection';
import { expectedProbabilities, requireClose } from '../../testing/close-rows.js';
import { runModule, runRows } from '../../testing/run-module.js';
import { boosting, ofNumbers, sampleClassifiers, TWO_CLASSES } from '../../testing/sample-classifiers.js';
import { sampleLabels, sampleTable, sampleTarget } from '../../testing/sample-tables.js';
import { classifierLowerings } from './classifier-lowerings.js';
import { lower } from './lower.js';
import { unsupportedClasses } from './unsupported.js';

const train = sampleTable({ nRows: 150, seed: 1 });
const wild = sampleTable({ nRows: 200, seed: 2, wild: true });

test('each model is lowered and tested, or rejected with a reason', () => {
  const names = [
    ...[...classifiers, ...mljsClassifiers].map(({ type }) => type),
    BaggedClassifier.type,
    CalibratedClassifier.type,
    GroupThresholdClassifier.type,
    StackingClassifier.type,
    ThresholdClassifier.type,
    VotingClassifier.type,
  ];
  expect(names.filter((name) => !(name in classifierLowerings) && !(name in unsupportedClasses))).toEqual([]);
  expect(names.filter((name) => !(name in sampleClassifiers))).toEqual([]);
});

for (const [name, all] of Object.entries(sampleClassifiers)) {
  all.forEach((classifier, i) => {
    for (const nClasses of TWO_CLASSES.includes(name) ? [2] : [2, 3]) {
      test(`${name} ${i + 1} of ${nClasses} classes: a program returns what the pipeline returns, and rejects the same rows`, () => {
        const fitted = new Pipeline([], classifier).fit(train, sampleTarget(train, nClasses, 3));
        check(fitted, wild);
      });
    }
  });
}

test('a class without rows has probability 0', () => {
  const y = Labels.from(sampleLabels(train, 2, 3), ['never', 'class 0', 'class 1']);
  for (const classifier of [new LogisticRegression(), new GaussianNB(), boosting]) {
    check(ofNumbers(classifier).fit(train, y), wild);
  }
});

test('a threshold determines predictions, also one of a wrapper', () => {
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

test('each row uses the threshold of its group, which is part of the output', () => {
  const model = new FittedGroupThresholdClassifier(
    ofNumbers(new LogisticRegression()).fit(train, sampleLabels(train, 2, 3)),
    ...([
      'level',
      { overall: 0.5, groups: new Map(Object.entries({ red: 0.01, green: 0.99, __proto__: 2 })) },
    ] as const),
  );
  expect(runModule(lower(model)).threshold).toBeUndefined();
  const rows = runRows(model, train.toRows());
  expect(rows.map((row) => row?.prediction)).toEqual(model.predict(train));
  expect(rows.map((row) => row?.threshold)).toEqual([...model.thresholdsOf(train)]);
  expect(new Set(rows.map((row) => row?.threshold)).size).toBe(3);
});

test('rejects models that draw at random, by name', () => {
  const model = new DummyClassifier({ strategy: 'stratified' }).fit(train, sampleLabels(train, 2, 3));
  expect(() => lower(model)).toThrow(/DummyClassifier of strategy stratified: .*draws at random/);
});

function check(fitted: FittedClassifier, table: Table): void {
  const expected = expectedProbabilities(table, fitted);
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
    if (fitted.threshold === undefined && row.threshold === undefined) {
      const columns = told.map((p) => Float64Array.of(p));
      if (row.prediction !== likeliest(fitted.classes, columns)[0])
        throw new Error(`${where}: ${row.prediction}`);
    }
  });
}
