import { exp, log, Pipeline, Random, type Regressor, type Restorable, StateReader, Table } from '@churn/core';
import { regressorConformance } from '@churn/core/testing';
import { DummyRegressor } from '../dummy/dummy-regressor.js';
import { LinearRegression } from '../linear-regression/linear-regression.js';
import { PoissonRegressor } from '../linear-regression/poisson-regressor.js';
import { Ridge } from '../linear-regression/ridge.js';
import { FittedStackingRegressor, StackingRegressor } from './stacking-regressor.js';
import { TransformedTargetRegressor } from './transformed-target-regressor.js';
import { FittedVotingRegressor, VotingRegressor } from './voting-regressor.js';

const random = new Random(3);
const column = () => Float64Array.from({ length: 50 }, () => random.normal());
const x = Table.fromColumns({ a: column(), b: column(), c: column() });
const y = x.numeric('a').map((a, i) => exp(1 + 0.5 * a - 0.2 * x.numeric('b')[i] + 0.1 * random.normal()));
const members = [new Pipeline([], new Ridge()), new LinearRegression()];
const classes: readonly Restorable[] = [Ridge, LinearRegression, PoissonRegressor];

const ensembles: readonly (readonly [
  string,
  Regressor,
  typeof VotingRegressor | typeof StackingRegressor | typeof TransformedTargetRegressor,
])[] = [
  [
    'VotingRegressor',
    new VotingRegressor({ regressors: [new Ridge(), new PoissonRegressor()] }),
    VotingRegressor,
  ],
  [
    'StackingRegressor',
    new StackingRegressor({ regressors: [new Ridge(), new PoissonRegressor()] }),
    StackingRegressor,
  ],
  [
    'TransformedTargetRegressor',
    new TransformedTargetRegressor({ regressor: new Ridge() }),
    TransformedTargetRegressor,
  ],
];

describe.each(ensembles)('%s', (_, regressor, restorable) => {
  it.each(regressorConformance({ regressor, restorable, classes, x, y }))('$name', ({ run }) => run());

  it('accepts a pipeline as member, and rejects classifiers', () => {
    const options =
      restorable === TransformedTargetRegressor ? { regressor: members[0] } : { regressors: members };
    const model: Regressor = new restorable(options as never);
    expect(model.fit(x, y).predict(x)).toHaveLength(50);
    const wrong = restorable === TransformedTargetRegressor ? { regressor: Ridge } : { regressors: [] };
    expect(() => new restorable(wrong as never)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });

  it('rejects a state with regressors of classes that were not given', () => {
    const { state } = regressor.fit(x, y);
    expect(() => restorable.restore(new StateReader('', state), [])).toThrow('which is not allowed; allowed');
  });
});

it('averages predictions by weights, and likewise attributions and importances', () => {
  const model = new VotingRegressor({ regressors: members, weights: [3, 1] }).fit(x, y);
  const [first, second] = members.map((each) => each.fit(x, y).predict(x));
  const amounts = model.predict(x);
  amounts.forEach((amount, i) => {
    expect(amount).toBeCloseTo(0.75 * first[i] + 0.25 * second[i], 12);
  });
  const [{ baseline, contributions }] = model.attributions?.(x).outputs ?? [];
  amounts.forEach((amount, i) => {
    expect(baseline + contributions.reduce((sum, values) => sum + values[i], 0)).toBeCloseTo(amount, 10);
  });
  const mixed = new VotingRegressor({ regressors: [new Ridge(), new DummyRegressor()] }).fit(x, y);
  expect(mixed.attributions).toBeUndefined();
  expect(mixed.importances).toBeUndefined();
});

it.each([[[1]], [[0, 0]], [[1, -1]]])('rejects the weights %j', (weights) => {
  expect(() => new VotingRegressor({ regressors: members, weights })).toThrow('weights: expected');
});

it('combines members by their out-of-fold predictions', () => {
  // A member that repeats what it saw would win, were it judged on the rows that it was fitted on.
  const stacked = new StackingRegressor({
    regressors: [new LinearRegression(), new DummyRegressor()],
    final: new LinearRegression(),
  }).fit(x, y);
  expect(stacked).toBeInstanceOf(FittedStackingRegressor);
  const amounts = stacked.predict(x);
  const error = (values: Float64Array) => values.reduce((sum, value, i) => sum + (value - y[i]) ** 2, 0);
  expect(error(amounts)).toBeLessThan(0.5 * error(new DummyRegressor().fit(x, y).predict(x)));
  const linear = new StackingRegressor({ regressors: members }).fit(x, y);
  const [{ baseline, contributions }] = linear.attributions?.(x).outputs ?? [];
  linear.predict(x).forEach((amount, i) => {
    expect(baseline + contributions.reduce((sum, values) => sum + values[i], 0)).toBeCloseTo(amount, 10);
  });
});

it("requires a row per fold, and members that match the final regressor's features", () => {
  expect(() => new StackingRegressor({ regressors: members }).fit(x.take([0, 1]), [1, 2])).toThrow(
    'expected at least 5 rows, one per fold, got 2',
  );
  const { state } = new StackingRegressor({ regressors: [new Ridge(), new Ridge()] }).fit(x, y);
  const fewer = { ...state, members: (state.members as object[]).slice(1) };
  expect(() => StackingRegressor.restore(new StateReader('', fewer), classes)).toThrow(
    'the predictions of the members',
  );
});

it.each(['log', 'log1p', 'sqrt'] as const)('fits on the %s of target values, and inverts it', (func) => {
  const model = new TransformedTargetRegressor({ regressor: new LinearRegression(), func }).fit(x, y);
  const plain = new LinearRegression().fit(
    x,
    y.map({ log, log1p: (value: number) => log(1 + value), sqrt: Math.sqrt }[func]),
  );
  const undone = plain.predict(x).map(
    {
      log: exp,
      log1p: (value: number) => exp(value) - 1,
      sqrt: (value: number) => Math.max(value, 0) ** 2,
    }[func],
  );
  model.predict(x).forEach((amount, i) => {
    expect(amount).toBeCloseTo(undone[i], 10);
  });
});

it.each([
  ['log', 0, 'a target value above 0'],
  ['log1p', -1, 'a target value above -1'],
  ['sqrt', -0.5, 'a target value of at least 0'],
] as const)('rejects a target value without a %s', (func, amount, expected) => {
  const model = new TransformedTargetRegressor({ regressor: new Ridge(), func });
  expect(() => model.fit(x.take([0, 1]), [1, amount])).toThrow(`row 1: expected ${expected}, got ${amount}`);
});

it('rejects unfitted members', () => {
  expect(() => new FittedVotingRegressor([new Ridge() as never], [1])).toThrow(
    'members[0]: expected a fitted regressor',
  );
});
