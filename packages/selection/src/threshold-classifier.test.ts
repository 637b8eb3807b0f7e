import {
  type FittedClassifier,
  FittedPipeline,
  Labels,
  Pipeline,
  Random,
  StateReader,
  savedPart,
  Table,
} from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { StandardScaler } from '@churn/transforms';
import { crossValPredict } from './cross-val-predict';
import { StratifiedKFold } from './splitters/stratified-k-fold';
import { FittedThresholdClassifier, ThresholdClassifier } from './threshold-classifier';
import { tuneThreshold } from './tune-threshold';

const random = new Random(3);
const n = 300;
const a = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ a, b: Float64Array.from({ length: n }, () => random.normal()) });
const y = Labels.from(
  Array.from(a, (value) => (value + random.normal() > 1.3 ? 'yes' : 'no')),
  { positive: 'yes' },
);
const classifier = new Pipeline([new StandardScaler()], new LogisticRegression());

it('chooses the threshold on out-of-fold probabilities, and fits on all rows', () => {
  for (const rule of [{ maximise: 'f1' }, { minRecall: 0.9 }, { capacity: 20 }] as const) {
    const fitted = new ThresholdClassifier({ classifier, rule, cv: 4, seed: 9 }).fit(x, y);
    const cv = new StratifiedKFold({ nSplits: 4, shuffle: true, seed: 9 });
    const [, outOfFold] = crossValPredict(classifier, x, y, { cv });
    expect(fitted.threshold).toBe(tuneThreshold(y, outOfFold, rule).threshold);
    const plain = classifier.fit(x, y);
    expect(fitted.predictProba(x)).toEqual(plain.predictProba(x));
    const [, probabilities] = plain.predictProba(x);
    expect(fitted.predict(x)).toEqual(
      Array.from(probabilities, (p) => (p >= fitted.threshold ? 'yes' : 'no')),
    );
  }
});

it('has a higher recall of the rare class than one half, if a miss costs more', () => {
  const rule = { costs: { falsePositive: 1, falseNegative: 10 } };
  const found = (model: { predict(x: Table): unknown[] }) =>
    model.predict(x).filter((label, row) => label === 'yes' && y.classes[y.codes[row]] === 'yes').length;
  const fitted = new ThresholdClassifier({ classifier, rule }).fit(x, y);
  expect(found(fitted)).toBeGreaterThan(found(classifier.fit(x, y)));
});

it('counts weights as rows in the threshold', () => {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  const sampleWeight = rows.map((row) => 1 + (row % 2));
  const rule = { maximise: 'youden' } as const;
  const weighted = new ThresholdClassifier({ classifier, rule }).fit(x, y, { sampleWeight });
  const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, seed: 0 });
  const [, outOfFold] = crossValPredict(classifier, x, y, { cv, sampleWeight });
  const twice = [...rows, ...rows.filter((row) => row % 2 === 1)];
  const expected = tuneThreshold(
    y.take(twice),
    twice.map((row) => outOfFold[row]),
    rule,
  );
  expect(weighted.threshold).toBe(expected.threshold);
});

it('is restored from its state, and rejects an invalid one', () => {
  const fitted = new ThresholdClassifier({ classifier }).fit(x, y);
  const restore = (state: StateReader) =>
    ThresholdClassifier.restore(state, [FittedPipeline, StandardScaler, LogisticRegression]);
  const saved = JSON.parse(JSON.stringify(fitted.state));
  const restored = restore(new StateReader('ThresholdClassifier', saved));
  expect(restored.predict(x)).toEqual(fitted.predict(x));
  expect(restored.state).toEqual(saved);
  expect(restored.features).toEqual(['a', 'b']);
  const wrong = { threshold: 0.5, classifier: savedPart(new StandardScaler().fit(x)) };
  expect(() => restore(new StateReader('ThresholdClassifier', wrong))).toThrow(
    'ThresholdClassifier.classifier: expected a classifier, got the transformer StandardScaler',
  );
  for (const threshold of [-0.1, 1.1, '0.5']) {
    expect(() => restore(new StateReader('ThresholdClassifier', { ...saved, threshold }))).toThrow(
      '"threshold"',
    );
  }
  const nobody = { ...saved, threshold: 1 + Number.EPSILON };
  expect(new Set(restore(new StateReader('ThresholdClassifier', nobody)).predict(x)).size).toBe(1);
});

it('supports exactly what its classifier supports', () => {
  const plain = new LogisticRegression().fit(x, y);
  const attributed = { unit: 'log-odds', outputs: [{ baseline: 0.5, contributions: [] }] } as const;
  const importances = Float64Array.of(0.25, 0.75);
  const able: FittedClassifier = Object.assign(Object.create(plain), {
    attributions: (rows: Table) => ({ ...attributed, rows }),
    importances: () => importances,
  });
  const fitted = new FittedThresholdClassifier(able, 0.3);
  expect(fitted.attributions?.(x)).toEqual({ ...attributed, rows: x });
  expect(fitted.importances?.()).toBe(importances);
  const unable: FittedClassifier = Object.assign(Object.create(plain), {
    attributions: undefined,
    importances: undefined,
  });
  const bare = new FittedThresholdClassifier(unable, 0.3);
  expect([bare.attributions, bare.importances]).toEqual([undefined, undefined]);
});

it('passes its threshold to the pipeline it ends', () => {
  const { model, schema, steps } = classifier.fit(x, y);
  const pipeline = new FittedPipeline(schema, steps, new FittedThresholdClassifier(model, 0.3));
  expect([pipeline.threshold, classifier.fit(x, y).threshold]).toEqual([0.3, undefined]);
});

it('rejects invalid parameters and labels', () => {
  const bad = (options: object) => () => new ThresholdClassifier({ classifier, ...options });
  expect(bad({ cv: 1 })).toThrow('cv: expected an integer of at least 2, got 1');
  expect(bad({ seed: NaN })).toThrow('seed: expected a number');
  expect(bad({ classifier: {} })).toThrow('classifier: expected an unfitted classifier');
  const three = Array.from({ length: n }, (_, row) => row % 3);
  expect(() => new ThresholdClassifier({ classifier }).fit(x, three)).toThrow(/two classes/);
  expect(() => new ThresholdClassifier({ classifier, rule: { minPrecision: 2 } }).fit(x, y)).toThrow(
    /minPrecision/,
  );
});
