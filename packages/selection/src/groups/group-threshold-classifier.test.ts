import { FittedPipeline, Labels, Pipeline, Random, StateReader, Table } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { SelectColumns } from '@churn/transforms';
import { crossValPredict } from '../cross-val-predict.js';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { GroupThresholdClassifier } from './group-threshold-classifier.js';
import { thresholdsByGroup } from './thresholds-by-group.js';

const random = new Random(4);
const n = 300;
const a = Float64Array.from({ length: n }, () => random.normal());
const plan = Array.from({ length: n }, (_, row) =>
  row % 50 === 0 ? 'rare' : row % 40 === 0 ? null : 'AB'[row % 2],
);
const x = Table.fromColumns({ a, plan });
const y = Labels.from(
  Array.from(a, (value, row) => (value + random.normal() + (row % 2) > 1.3 ? 'yes' : 'no')),
  { positive: 'yes' },
);
const classifier = new Pipeline([new SelectColumns(['a'])], new LogisticRegression());
const specification = new GroupThresholdClassifier({ classifier, by: 'plan', seed: 3 });

it('chooses thresholds on out-of-fold probabilities by a column that need not be a feature', () => {
  const fitted = specification.fit(x, y);
  const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, seed: 3 });
  const [, outOfFold] = crossValPredict(classifier, x, y, { cv });
  const { overall, groups } = thresholdsByGroup(
    y,
    outOfFold,
    x.column('plan'),
    { maximise: 'f1' },
    { minRows: 50 },
  );
  expect(fitted.thresholds.overall).toBe(overall.threshold);
  expect([...fitted.thresholds.groups]).toEqual(
    groups.filter(({ group }) => 'AB'.includes(group)).map(({ group, threshold }) => [group, threshold]),
  );
  const [, p] = fitted.predictProba(x);
  expect(fitted.predict(x)).toEqual(
    Array.from(p, (value, row) => {
      const threshold = fitted.thresholds.groups.get(String(plan[row])) ?? overall.threshold;
      return value >= threshold ? 'yes' : 'no';
    }),
  );
});

it('uses the overall threshold for rare and unseen categories, and rows without one', () => {
  const fitted = specification.fit(x, y);
  const { overall, groups } = fitted.thresholds;
  expect([...groups.keys()]).toEqual(['A', 'B']);
  const odd = Table.fromColumns({ a: [2, 2, 2], plan: ['rare', 'new', null] });
  const [, [p]] = fitted.predictProba(odd);
  expect(fitted.predict(odd)).toEqual(new Array(3).fill(p >= overall ? 'yes' : 'no'));
});

it('ends a pipeline, and is restored from its state', () => {
  const pipeline = new Pipeline([], specification).fit(x, y);
  expect(pipeline.predict(x)).toEqual(specification.fit(x, y).predict(x));
  expect(pipeline.threshold).toBeUndefined();
  const fitted = pipeline.model;
  const saved = JSON.parse(JSON.stringify(fitted.state));
  const restore = (state: object) =>
    GroupThresholdClassifier.restore(new StateReader('GroupThresholdClassifier', state as never), [
      FittedPipeline,
      SelectColumns,
      LogisticRegression,
    ]);
  expect(restore(saved).predict(x)).toEqual(fitted.predict(x));
  expect(restore(saved).state).toEqual(saved);
  expect(() => restore({ ...saved, thresholds: [0.5] })).toThrow('"thresholds"');
  expect(() => restore({ ...saved, groups: ['A', 'A'] })).toThrow('"groups"');
  expect(() => restore({ ...saved, overall: -1 })).toThrow('"overall"');
});

it('accepts the group column in addition to what the classifier accepts', () => {
  const fitted = specification.fit(x, y);
  expect(fitted.features).toEqual(['a', 'plan']);
  expect([fitted.attributions, fitted.importances]).toEqual([undefined, undefined]);
  expect(() => fitted.predict(x.select(['a']))).toThrow('plan');
});

it('rejects invalid columns, rules and labels', () => {
  const fit = (by: string) => () => new GroupThresholdClassifier({ classifier, by }).fit(x, y);
  expect(fit('a')).toThrow('column "a": expected categories for the groups, got numbers');
  expect(fit('plna')).toThrow('plna');
  expect(
    () => new GroupThresholdClassifier({ classifier, by: 'plan', rule: { capacity: 3 } as never }),
  ).toThrow('rule: ');
  expect(() => new GroupThresholdClassifier({ classifier } as never)).toThrow('by: ');
});
