import { Random, type Regressor, type Restorable, StateReader, Table } from '@churn/core';
import { regressorConformance } from '@churn/core/testing';
import { ElasticNet } from './elastic-net.js';
import { elasticNetPath } from './elastic-net-path.js';
import type { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { GammaRegressor } from './gamma-regressor.js';
import { Lasso } from './lasso.js';
import { LinearRegression } from './linear-regression.js';
import { PoissonRegressor } from './poisson-regressor.js';
import { Ridge } from './ridge.js';
import { TweedieRegressor } from './tweedie-regressor.js';

function generated(nRows: number, nColumns: number, seed = 1) {
  const random = new Random(seed);
  const columns = Array.from({ length: nColumns }, () =>
    Float64Array.from({ length: nRows }, () => random.normal()),
  );
  const y = Float64Array.from(
    { length: nRows },
    (_, i) => 4 + 2 * columns[0][i] - columns[1][i] + 0.5 * random.normal(),
  );
  return { x: Table.fromColumns(columns.map((values, j) => [`x${j}`, values])), y, columns };
}

const { x, y } = generated(60, 4);
const positive = y.map((value) => Math.abs(value) + 0.5);
const strong = { alpha: 0.5 };
const models: readonly (readonly [
  Regressor<FittedLinearRegressor>,
  Restorable<FittedLinearRegressor>,
  Regressor[],
])[] = [
  [new LinearRegression(), LinearRegression, []],
  [new Ridge(strong), Ridge, [new Ridge({ alpha: 3 }), new Ridge({ fitIntercept: false })]],
  [new Lasso(strong), Lasso, [new Lasso({ alpha: 0.01 }), new Lasso({ alpha: 0 })]],
  [new ElasticNet(strong), ElasticNet, [new ElasticNet({ alpha: 0.01 }), new ElasticNet({ l1Ratio: 0 })]],
  [new PoissonRegressor(strong), PoissonRegressor, []],
  [new GammaRegressor(strong), GammaRegressor, []],
  [new TweedieRegressor({ power: 1.5 }), TweedieRegressor, []],
];

describe.each(models.map((each) => [each[1].type, ...each] as const))(
  '%s',
  (_, regressor, restorable, others) => {
    it.each(
      regressorConformance({ regressor, restorable, x, y: positive, ...(regressor.fitMany && { others }) }),
    )('$name', ({ run }) => run());

    it('counts a row of weight 2 as two equal rows, and ignores one of weight 0', () => {
      const weights = positive.map((_, row) => row % 3);
      const rows = Array.from(weights).flatMap((weight, row) => new Array<number>(weight).fill(row));
      const weighted = regressor.fit(x, positive, { sampleWeight: weights });
      const repeated = regressor.fit(
        x.take(rows),
        rows.map((row) => positive[row]),
      );
      [...weighted.coefficients, weighted.intercept].forEach((value, j) => {
        expect(value).toBeCloseTo([...repeated.coefficients, repeated.intercept][j], 8);
      });
    });

    it('is invariant to the scale of weights', () => {
      if (regressor instanceof Ridge) return;
      const model = regressor.fit(x, positive, { sampleWeight: positive.map(() => 1e200) });
      const plain = regressor.fit(x, positive);
      model.coefficients.forEach((value, j) => {
        expect(value).toBeCloseTo(plain.coefficients[j], 9);
      });
    });

    it('fits a constant column, a constant target, one row, and no column', () => {
      const constant = regressor.fit(x.with({ x1: new Float64Array(60).fill(7) }), positive);
      expect(constant.coefficients[1]).toBe(0);
      const same = regressor.fit(x, new Float64Array(60).fill(2));
      expect(same.state.converged).toBe(true);
      for (const amount of same.predict(x)) expect(amount).toBeCloseTo(2, 9);
      expect(regressor.fit(x.take([0]), [3]).predict(x.take([0]))[0]).toBeCloseTo(3, 9);
      expect(regressor.fit(x.select([]), positive).coefficients).toEqual([]);
    });

    // The sum of many such numbers, divided by their number, is another number.
    it.each([0.1, 1 / 3, 1e9 + 0.1])('has a coefficient of 0 for a constant column of %d', (value) => {
      const model = regressor.fit(x.with({ x1: new Float64Array(60).fill(value) }), positive);
      expect(model.coefficients[1]).toBe(0);
      expect(model.state.means[1]).toBe(value);
      expect(model.state.deviations[1]).toBe(0);
    });

    it('rejects a missing value, even in a row of weight 0, and values whose squares overflow', () => {
      const faulty = (row: number, value: number) => {
        const values = x.numeric('x2').slice();
        values[row] = value;
        return x.with({ x2: values });
      };
      const sampleWeight = positive.map((_, row) => Number(row !== 3));
      expect(() => regressor.fit(faulty(3, NaN), positive, { sampleWeight })).toThrow('got a missing value');
      expect(() => regressor.fit(faulty(3, Infinity), positive)).toThrow(
        'expected a finite number, got Infinity',
      );
      expect(() => regressor.fit(faulty(3, 1e200), positive)).toThrow(
        'column "x2": the values are too large',
      );
      expect(regressor.fit(faulty(3, 1e200), positive, { sampleWeight }).state.converged).toBe(true);
    });

    it.each([
      { coefficients: [1] },
      { coefficients: [1e308, 1e308, 0, 0] },
      { link: 'square' },
      { means: [] },
      { deviations: [1, 1, 1, -1] },
      { iterations: -1 },
      { converged: 1 },
    ])('rejects a state with %j', (change) => {
      const state = { ...regressor.fit(x, positive).state, ...change };
      expect(() => restorable.restore(new StateReader('', state), [])).toThrow(
        expect.objectContaining({ code: 'model-file' }),
      );
    });
  },
);

it('has exact attributions, and importances by coefficients and deviations', () => {
  const model = new LinearRegression().fit(
    Table.fromColumns({ a: [0, 1, 2, 3], b: [0, 0, 10, 0] }),
    [1, 3, 6, 7],
  );
  const table = Table.fromColumns({ a: [5], b: [4] });
  const [{ baseline, contributions }] = model.attributions?.(table).outputs ?? [];
  expect(baseline).toBeCloseTo(4.25, 12);
  expect(baseline + contributions[0][0] + contributions[1][0]).toBeCloseTo(model.predict(table)[0], 12);
  const [a, b] = model.importances();
  expect(a / b).toBeCloseTo((2 * Math.sqrt(1.25)) / (0.1 * Math.sqrt(18.75)), 10);
  expect(new PoissonRegressor().fit(x, positive).attributions).toBeUndefined();
});

it('has the least-norm solution if columns outnumber rows, whatever their number', () => {
  const wide = generated(20, 50);
  const model = new LinearRegression().fit(wide.x, wide.y);
  model.predict(wide.x).forEach((amount, i) => {
    expect(amount).toBeCloseTo(wide.y[i], 10);
  });
  // The solution of minimum norm is a combination of centred rows, so it is orthogonal to everything orthogonal to all of them.
  const ridge = new Ridge({ alpha: 1e-7 }).fit(wide.x, wide.y);
  model.coefficients.forEach((value, j) => {
    expect(value).toBeCloseTo(ridge.coefficients[j], 6);
  });
});

it('fits a lasso of thousands of columns with products of a few', () => {
  const wide = generated(80, 1500);
  const model = new Lasso({ alpha: 0.2 }).fit(wide.x, wide.y);
  expect(model.state.converged).toBe(true);
  expect(model.coefficients.filter((value) => value !== 0).length).toBeLessThan(60);
  expect(model.coefficients[0]).toBeGreaterThan(1);
});

describe('elasticNetPath', () => {
  it('starts where all coefficients are 0, and proves each solution by its dual gap', () => {
    const path = elasticNetPath(x, y, { l1Ratio: 0.5, nAlphas: 30 });
    expect(path.alphas).toHaveLength(30);
    expect(path.alphas[29] / path.alphas[0]).toBeCloseTo(1e-3, 12);
    expect([...path.coefficients[0]].every((value) => Math.abs(value) < 1e-12)).toBe(true);
    expect(path.coefficients[1].some((value) => value !== 0)).toBe(true);
    expect(Math.max(...path.dualGaps)).toBeLessThan(1e-12);
  });

  it('equals a separate fit at each alpha', () => {
    const path = elasticNetPath(x, y, { l1Ratio: 0.9, alphas: [0.01, 1, 0.1] });
    expect(path.alphas).toEqual([1, 0.1, 0.01]);
    path.alphas.forEach((alpha, k) => {
      const alone = new ElasticNet({ alpha, l1Ratio: 0.9 }).fit(x, y);
      expect(path.intercepts[k]).toBeCloseTo(alone.intercept, 11);
      path.coefficients[k].forEach((value, j) => {
        expect(value).toBeCloseTo(alone.coefficients[j], 11);
      });
    });
  });

  it('rejects a path without a largest alpha', () => {
    expect(() => elasticNetPath(x, y, { l1Ratio: 0 })).toThrow(
      'l1Ratio: expected a number above 0 if no alphas are given, got 0',
    );
  });
});

it.each([0, 0.5])('keeps coefficients non-negative, with an alpha of %d', (alpha) => {
  const model = new Lasso({ alpha, positive: true }).fit(x, y);
  expect(Math.min(...model.coefficients)).toBe(0);
  expect(model.coefficients[0]).toBeGreaterThan(1);
  expect(model.state.converged).toBe(true);
});

it('reports if it stopped before convergence', () => {
  const warnings: string[] = [];
  const onWarning = (message: string) => warnings.push(message);
  new PoissonRegressor({ maxIterations: 1, onWarning }).fit(x, positive);
  expect(warnings[0]).toMatch(/^PoissonRegressor stopped after 1 of at most 1 steps, with a residual of /);
});

it.each<[Regressor, number[], string]>([
  [new PoissonRegressor(), [1, -2, 3], 'row 1: expected a target value of at least 0, got -2'],
  [new GammaRegressor(), [1, 2, 0], 'row 2: expected a target value above 0, got 0'],
  [new PoissonRegressor(), [0, 0, 0], 'expected target values with a mean above 0, got a mean of 0'],
  [new TweedieRegressor({ link: 'log' }), [-1, 0, 0], 'expected target values with a mean above 0'],
  [new LinearRegression(), [1e200, 1, 1], 'the target values are too large; scale them first'],
])('rejects invalid target values', (model, amounts, message) => {
  expect(() => model.fit(Table.fromColumns({ a: [1, 2, 3] }), amounts)).toThrow(
    expect.objectContaining({ code: 'invalid-target', message: expect.stringContaining(message) }),
  );
});

it('rejects columns that are too large, a power between 0 and 1, and an unsuitable link', () => {
  expect(() => new Ridge().fit(Table.fromColumns({ a: [1e200, 1, 1] }), [1, 2, 3])).toThrow(
    'column "a": the values',
  );
  expect(() => new TweedieRegressor({ power: 0.5 })).toThrow(
    'power: expected 0 or a number of at least 1, got 0.5',
  );
  expect(() => new TweedieRegressor({ power: 1, link: 'identity' })).toThrow('link: expected');
});
