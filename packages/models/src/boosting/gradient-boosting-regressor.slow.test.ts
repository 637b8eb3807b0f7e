import { Random, StateReader, Table, type TargetValuesLike } from '@churn/core';
import {
  GradientBoostingRegressor,
  type GradientBoostingRegressorOptions,
} from './gradient-boosting-regressor.js';
import type { RegressionLossName } from './regression-loss.js';

/** Rows of Friedman's first function, with a category and missing values; targets are above 0. */
function friedman(nRows: number, seed: number) {
  const random = new Random('friedman', seed);
  const columns = Array.from({ length: 5 }, () =>
    Float64Array.from({ length: nRows }, () => random.uniform()),
  );
  const level = Array.from({ length: nRows }, () => 'abcd'[random.int(4)]);
  const mean = Float64Array.from({ length: nRows }, (_, row) => {
    const [a, b, c, d, e] = columns.map((column) => column[row]);
    return (
      12 + 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + (level[row] < 'c' ? 4 : 0)
    );
  });
  const y = mean.map((each) => Math.max(0.5, each + random.normal()));
  const x = Table.fromColumns({
    ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])),
    level,
  });
  return { x, y, mean };
}

const train = friedman(1200, 1);
const test = friedman(600, 2);
const losses: readonly RegressionLossName[] = [
  'squaredError',
  'absoluteError',
  'huber',
  'quantile',
  'poisson',
  'gamma',
  'tweedie',
];
const fit = (options: GradientBoostingRegressorOptions, y: TargetValuesLike = train.y, x = train.x) =>
  new GradientBoostingRegressor({ nEstimators: 40, learningRate: 0.2, ...options }).fit(x, y);

function rmse(predicted: Float64Array, expected: Float64Array): number {
  const squares = predicted.map((value, row) => (value - expected[row]) ** 2);
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
}

const share = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length;

describe.each(losses)('GradientBoostingRegressor of %s', (loss) => {
  it.each(['symmetric', 'leaf', 'depth'] as const)('predicts numbers, growing %s', (growth) => {
    const spread = rmse(test.mean, new Float64Array(600).fill(test.mean.reduce((a, b) => a + b) / 600));
    const model = fit({ loss, growth });
    expect(rmse(model.predict(test.x), test.mean)).toBeLessThan(0.3 * spread);
  });

  it('scales its predictions with the targets', () => {
    const predicted = fit({ loss }).predict(test.x);
    const larger = fit(
      { loss },
      train.y.map((value) => value * 1024),
    ).predict(test.x);
    larger.forEach((value, row) => {
      expect(value / 1024).toBeCloseTo(predicted[row], 9);
    });
  });

  it('treats a row of weight 2 like two rows', () => {
    const random = new Random(3);
    // Few enough that each value has its own bin.
    const { x, y } = friedman(200, 4);
    const sampleWeight = Float64Array.from(y, () => 1 + random.int(2));
    const rows = Array.from(sampleWeight).flatMap((weight, row) => Array<number>(weight).fill(row));
    const options = { loss, maxDepth: 3, randomStrength: 0, categories: 'sets', nEstimators: 10 } as const;
    const regressor = new GradientBoostingRegressor({ ...options, learningRate: 0.2 });
    const weighted = regressor.fit(x, y, { sampleWeight });
    const repeated = regressor.fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    const expected = repeated.predict(test.x);
    weighted.predict(test.x).forEach((value, row) => {
      expect(value).toBeCloseTo(expected[row], 6);
    });
  });

  it('grows the same trees with 1, 2 and 3 threads, also on drawn rows', () => {
    const many = friedman(42_000, 5);
    for (const options of [{}, { growth: 'leaf', subsample: 0.7, bootstrap: 'bayesian' }] as const) {
      const models = [1, 2, 3].map((nJobs) =>
        fit({ loss, nEstimators: 3, nJobs, ...options }, many.y, many.x),
      );
      const texts = models.map((model) => JSON.stringify(model.state));
      expect(new Set(texts).size).toBe(1);
    }
  });

  it('never decreases with a feature of an increasing constraint', () => {
    const model = fit({ loss, monotone: { x3: 1 } });
    const at = (value: number) => model.predict(test.x.with({ x3: new Float64Array(600).fill(value) }));
    const columns = [0, 0.2, 0.4, 0.6, 0.8, 1].map(at);
    for (let i = 1; i < columns.length; i++) {
      columns[i].forEach((value, row) => {
        expect(value).toBeGreaterThanOrEqual(columns[i - 1][row]);
      });
    }
    expect(rmse(columns[5], columns[0])).toBeGreaterThan(1);
  });

  it('stops early, continues training, and fits many at once', () => {
    const stopped = fit({ loss, earlyStopping: true, nEstimators: 400, nIterNoChange: 5, learningRate: 0.5 });
    expect(stopped.nRounds).toBeLessThan(400);
    const options = { loss, categories: 'sets', learningRate: 0.2, randomStrength: 0 } as const;
    const specifications = [10, 25].map(
      (nEstimators) => new GradientBoostingRegressor({ ...options, nEstimators }),
    );
    const [few, many] = specifications[0].fitMany(train.x, train.y, specifications);
    const more = new GradientBoostingRegressor({ ...options, nEstimators: 15 }).fit(train.x, train.y, {
      from: few,
    });
    expect(many.state).toEqual(specifications[1].fit(train.x, train.y).state);
    const expected = many.predict(test.x);
    more.predict(test.x).forEach((value, row) => {
      expect(value).toBeCloseTo(expected[row], 6);
    });
  });

  it('is restored', () => {
    const model = fit({ loss });
    const state = new StateReader(model.type, JSON.parse(JSON.stringify(model.state)));
    expect(GradientBoostingRegressor.restore(state).predict(test.x)).toEqual(model.predict(test.x));
  });
});

describe('GradientBoostingRegressor', () => {
  it('transforms like the targets under a y + b', () => {
    const predicted = fit({}).predict(test.x);
    fit(
      {},
      train.y.map((value) => 3 * value - 1000),
    )
      .predict(test.x)
      .forEach((value, row) => {
        expect((value + 1000) / 3).toBeCloseTo(predicted[row], 1);
      });
  });

  it.each([0.1, 0.5, 0.9])('has about a share of %d of new rows below that quantile', (quantile) => {
    const predicted = fit({ loss: 'quantile', quantile }).predict(test.x);
    const below = share(Array.from(predicted, (value, row) => value > test.y[row]));
    expect(Math.abs(below - quantile)).toBeLessThan(0.08);
  });

  it('predicts quantiles that never cross, even for rows unlike the training rows', () => {
    const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];
    const model = fit({ loss: 'quantile', quantiles });
    const far = test.x.with({ x0: new Float64Array(600).fill(1e6), x1: new Float64Array(600).fill(-1e6) });
    for (const x of [test.x, far]) {
      const told = model.predictQuantiles?.(x) ?? [];
      expect(told).toHaveLength(5);
      for (let k = 1; k < 5; k++) {
        expect(told[k].every((value, row) => value >= told[k - 1][row])).toBe(true);
      }
      expect(model.predict(x)).toEqual(told[2]);
    }
  });

  it('finds the optimal value of a single leaf', () => {
    const x = Table.fromColumns({ a: [0, 0, 0, 1, 1, 1] });
    const options = {
      nEstimators: 1,
      learningRate: 1,
      l2Regularization: 0,
      growth: 'depth',
      minSamplesLeaf: 1,
      randomStrength: 0,
    } as const;
    const y = [1, 2, 9, 11, 12, 40];
    const values = (loss: RegressionLossName) =>
      new GradientBoostingRegressor({ ...options, loss }).fit(x, y).predict(Table.fromColumns({ a: [0, 1] }));
    expect(values('squaredError')[0]).toBeCloseTo(4, 6);
    expect(values('squaredError')[1]).toBeCloseTo(21, 6);
    expect(values('absoluteError')[0]).toBeCloseTo(2, 12);
    expect(values('absoluteError')[1]).toBeCloseTo(12, 12);
  });

  it('predicts a constant target, and explains its predictions', () => {
    expect(fit({}, new Float64Array(1200).fill(7)).predict(test.x)).toEqual(new Float64Array(600).fill(7));
    const model = fit({});
    const [{ baseline, contributions }] = model.attributions?.(test.x).outputs ?? [];
    const predicted = model.predict(test.x);
    predicted.forEach((value, row) => {
      const sum = contributions.reduce((total, column) => total + column[row], baseline);
      expect(sum).toBeCloseTo(value, 9);
    });
  });

  it.each<[GradientBoostingRegressorOptions, number, string]>([
    [{ loss: 'poisson' }, -1, 'row 3: expected a target value of at least 0 for the loss "poisson", got -1'],
    [{ loss: 'tweedie' }, -1, 'row 3: expected a target value of at least 0 for the loss "tweedie", got -1'],
    [{ loss: 'gamma' }, 0, 'row 3: expected a target value above 0 for the loss "gamma", got 0'],
    [{}, Number.POSITIVE_INFINITY, 'row 3: expected a finite number'],
  ])('rejects targets for which %j is not defined', (options, amount, message) => {
    const y = Float64Array.from(train.y);
    y[3] = amount;
    expect(() => fit(options, y)).toThrow(message);
    expect(() => fit({ loss: 'poisson' }, new Float64Array(1200))).toThrow('expected a target value above 0');
  });

  it('rejects levels that do not ascend or that the loss does not use', () => {
    const refused = (options: GradientBoostingRegressorOptions) => () =>
      new GradientBoostingRegressor(options);
    expect(refused({ loss: 'quantile', quantiles: [0.9, 0.1] })).toThrow(
      'quantiles: expected two or more ascending levels',
    );
    expect(refused({ quantiles: [0.1, 0.9] })).toThrow('quantiles: expected null for loss "squaredError"');
  });

  it('encodes categories of many levels by their mean targets', () => {
    const random = new Random(11);
    const effects = Array.from({ length: 40 }, () => 10 * random.normal());
    const codes = Array.from({ length: 2000 }, () => random.int(40));
    const x = Table.fromColumns({
      city: codes.map((code) => `c${code}`),
      a: codes.map(() => random.normal()),
    });
    const y = Float64Array.from(codes, (code) => effects[code] + random.normal());
    const model = fit({}, y, x);
    expect(model.boosted.statistics?.parts.statistics).toHaveLength(1);
    expect(
      rmse(
        model.predict(x),
        Float64Array.from(codes, (code) => effects[code]),
      ),
    ).toBeLessThan(2);
    const state = new StateReader(model.type, JSON.parse(JSON.stringify(model.state)));
    expect(GradientBoostingRegressor.restore(state).predict(x)).toEqual(model.predict(x));
  });
});
