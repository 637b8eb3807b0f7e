import { Labels, Pipeline, parseModel, serializeModel, Table } from '@churn/core';
import { regressorConformance } from '@churn/core/testing';
import {
  DummyRegressor,
  GaussianNB,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  LinearRegression,
  LogisticRegression,
  Ridge,
} from '@churn/models';
import { correlation, knownEffects } from '../../test/known-effects.js';
import peers from '../../test/reference/known_effects.json';
import reference from '../../test/reference/learners.json';
import { ClassTransformation } from './class-transformation.js';
import { DRLearner } from './dr-learner.js';
import { SLearner } from './s-learner.js';
import { TLearner } from './t-learner.js';
import { XLearner } from './x-learner.js';

const numbered = { treatment: 'treated', control: 0 };
const call = { treatment: 'call', control: 'none' };
const { a, b, treated, amounts, stayed, ofAmounts, ofClasses } = reference;
const x = Table.fromColumns({ a, b, treated });
const linear = new LinearRegression();
const logistic = new LogisticRegression({ tolerance: 1e-12 });
const refused = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });
const close = (received: ArrayLike<number>, expected: readonly number[], digits: number) => {
  expect(received).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(received[i]).toBeCloseTo(value, digits);
  });
};

const effectLearner = new Ridge();
const propensity = new GaussianNB();
const left = stayed.map((each) => 1 - each);
const trees = new GradientBoostingRegressor({ nEstimators: 5, minSamplesLeaf: 5 });
describe.each([
  [SLearner, new SLearner({ ...numbered, learner: trees }), amounts],
  [TLearner, new TLearner({ ...numbered, learner: effectLearner }), amounts],
  [XLearner, new XLearner({ ...numbered, learner: effectLearner, effectLearner, propensity }), amounts],
  [DRLearner, new DRLearner({ ...numbered, learner: effectLearner, effectLearner, propensity }), amounts],
  [ClassTransformation, new ClassTransformation({ ...numbered, learner: propensity, propensity }), left],
] as const)('$0.type', (restorable, regressor, y) => {
  const classes = [GradientBoostingRegressor, GaussianNB, Ridge];
  const takesCategories = restorable === SLearner;
  for (const { name, run } of regressorConformance({ regressor, restorable, classes, x, y, takesCategories }))
    it(name, run);
});

describe('of causalml', () => {
  it('uplift of numeric outcomes by linear regression', () => {
    const uplift = (model: SLearner | TLearner | XLearner) => model.fit(x, amounts).predictUplift(x);
    close(uplift(new SLearner({ ...numbered, learner: linear })), ofAmounts.s, 10);
    close(uplift(new TLearner({ ...numbered, learner: linear })), ofAmounts.t, 10);
    const options = { learner: linear, effectLearner: linear, propensity: 0.4 };
    close(uplift(new XLearner({ ...numbered, ...options })), ofAmounts.x, 10);
  });
});

describe('of scikit-uplift', () => {
  it('uplift of classes by logistic regression', () => {
    const labels = Labels.from(stayed.map((each) => (each ? 'yes' : 'no')));
    const options = { ...numbered, learner: logistic };
    close(new SLearner(options).fit(x, labels).predictUplift(x), ofClasses.s, 6);
    close(new TLearner(options).fit(x, labels).predictUplift(x), ofClasses.t, 6);
    const half = new ClassTransformation({ ...options, propensity: 0.5 });
    close(half.fit(x, labels).predictUplift(x), ofClasses.transformation, 6);
  });
});

describe('on data of known effects', () => {
  const train = knownEffects(2500, 1);
  const test = knownEffects(2000, 2);
  const learner = new GradientBoostingClassifier({ nEstimators: 40, learningRate: 0.1, maxDepth: 3 });
  const effects = new GradientBoostingRegressor({ nEstimators: 40, learningRate: 0.1, maxDepth: 3 });

  it.each([
    ['SLearner', new SLearner({ ...call, learner })],
    ['TLearner', new TLearner({ ...call, learner })],
    ['XLearner', new XLearner({ ...call, learner, effectLearner: effects })],
    ['DRLearner', new DRLearner({ ...call, learner, effectLearner: effects })],
    ['ClassTransformation', new ClassTransformation({ ...call, learner })],
  ] as const)('%s ranks rows by effect as well as scikit-uplift or causalml', (name, model) => {
    const uplift = model.fit(train.x, train.stayed).predictUplift(test.x);
    const { mean, deviation } = peers.correlations[name];
    expect(correlation(uplift, test.effects)).toBeGreaterThan(mean - deviation);
    expect(correlation(uplift, test.effects)).toBeGreaterThan(0.6);
  });

  it('DRLearner estimates the mean effect with a poor outcome model and a good propensity model', () => {
    const skewed = knownEffects(4000, 3, (usage) => 0.5 + 0.4 * usage);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const nothing = new DummyRegressor();
    const ofAnyKind = new GradientBoostingClassifier({ nEstimators: 60, learningRate: 0.1, maxDepth: 2 });
    const byMeans = new TLearner({ ...call, learner: nothing }).fit(skewed.x, skewed.stayed);
    const robust = new DRLearner({
      ...call,
      learner: nothing,
      effectLearner: nothing,
      propensity: ofAnyKind,
    });
    const off = (model: { predictUplift(x: Table): Float64Array }) =>
      Math.abs(mean(model.predictUplift(skewed.x)) - mean(skewed.effects));
    expect(off(robust.fit(skewed.x, skewed.stayed))).toBeLessThan(0.03);
    // Calls went to customers whom a call keeps.
    expect(off(byMeans)).toBeGreaterThan(0.04);
  });
});

it.each([
  new SLearner({ ...numbered, learner: logistic }),
  new TLearner({ ...numbered, learner: logistic }),
  new XLearner({ ...numbered, learner: logistic, effectLearner: linear }),
  new ClassTransformation({ ...numbered, learner: logistic }),
])('a row of weight 2 counts as two equal rows (%#)', (model) => {
  const weights = stayed.map((_, row) => 1 + (row % 2));
  const rows = weights.flatMap((weight, row) => Array.from({ length: weight }, () => row));
  const twice = model.fit(
    x.take(rows),
    rows.map((row) => stayed[row]),
  );
  const heavy = model.fit(x, stayed, { sampleWeight: weights });
  close(heavy.predictUplift(x), Array.from(twice.predictUplift(x)), 6);
});

it('accepts a pipeline as learner, and can be saved', async () => {
  const learner = new Pipeline([], logistic);
  const fitted = new TLearner({ ...numbered, learner }).fit(x, stayed);
  expect(fitted.features).toEqual(['a', 'b']);
  const { model } = await parseModel(
    await serializeModel(fitted),
    [TLearner, LogisticRegression],
    'regressor',
  );
  expect(model.predict(x)).toEqual(fitted.predictUplift(x));
  // New rows need no treatment column.
  expect(fitted.predictUplift(x.drop(['treated']))).toEqual(fitted.predictUplift(x));
});

it('rejects data that it cannot be fitted on', () => {
  const model = new TLearner({ ...numbered, learner: logistic });
  const fit =
    (changed: Table, y: number[] = stayed) =>
    () =>
      model.fit(changed, y);
  expect(fit(x.drop(['treated']))).toThrow(refused('column-name', '"treated"'));
  expect(fit(x.with({ treated: treated.map((each, row) => (row === 7 ? NaN : each)) }))).toThrow(
    refused('invalid-data', 'column "treated", row 7: expected a treatment, got a missing value'),
  );
  expect(fit(x.with({ treated: treated.map((each, row) => (row === 7 ? 3 : each)) }))).toThrow(
    refused('invalid-data', 'expected two levels, the treatment and the control, got 3'),
  );
  expect(() => new TLearner({ ...numbered, control: 'no', learner: logistic }).fit(x, stayed)).toThrow(
    refused('invalid-parameter', 'control: expected a level of the column "treated"'),
  );
  expect(fit(x, amounts)).toThrow(refused('invalid-target', 'use a regressor'));
  expect(fit(x, treated)).toThrow(
    refused('invalid-target', 'treated rows: expected outcomes of two classes, got only 1'),
  );
  expect(() => new ClassTransformation({ ...numbered, learner: logistic }).fit(x, amounts)).toThrow(
    refused('invalid-target', 'got numeric outcomes; use TLearner, XLearner or another learner'),
  );
  expect(() => new TLearner({ ...numbered } as never)).toThrow(refused('invalid-parameter', 'learner'));
  expect(() => new XLearner({ ...numbered, learner: linear, effectLearner: linear, propensity: 1 })).toThrow(
    refused('invalid-parameter', 'propensity: expected a number between 0 and 1, or an unfitted classifier'),
  );
  const holed = x.with({ a: a.map((each, row) => (row === 30 ? NaN : each)) });
  expect(fit(holed)).toThrow(refused('invalid-data', 'row 30'));
});
