import { type JsonObject, packArray, Random, StateReader, Table } from '@churn/core';
import { regressorConformance } from '@churn/core/testing';
import fc from 'fast-check';
import type { KernelName } from './kernel.js';
import { KernelRows, type Tube } from './machine.js';
import { SVR, type SVROptions } from './svr.js';

function rowsOf(nRows: number, seed: number | string = 'svr') {
  const random = new Random(seed);
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: nRows }, () => random.normal()));
  const y = a.map((value, row) => Math.sin(2 * value) + b[row] + 0.3 * random.normal());
  return { x: Table.fromColumns({ a, b }), columns: [a, b], y };
}

const { x, y } = rowsOf(60);

describe.each<SVROptions>([
  {},
  { kernel: 'linear', epsilon: 0 },
  { kernel: 'poly', degree: 2, coef0: 1, C: 0.3 },
  { kernel: 'sigmoid', gamma: 0.1, epsilon: 0.4 },
])('SVR with %j', (options) => {
  it.each(
    regressorConformance({
      regressor: new SVR(options),
      others: [new SVR({ ...options, C: 5 }), new SVR({ ...options, epsilon: 0.2 }), new SVR({ gamma: 3 })],
      restorable: SVR,
      x,
      y,
    }),
  )('$name', ({ run }) => run());
});

/** The largest violation of optimality: coefficients are 0 inside the tube and at their bound outside it. */
function mostViolated(
  { amounts, bounds, epsilon }: Tube,
  coefficients: Float64Array,
  decisions: Float64Array,
) {
  return coefficients.reduce((most, coefficient, row) => {
    const away = amounts[row] - decisions[row];
    const [beyond, size] =
      coefficient === 0 ? [Math.abs(away), 0] : [away * Math.sign(coefficient), Math.abs(coefficient)];
    const isOff =
      size === 0 ? beyond - epsilon : size < bounds[row] ? Math.abs(beyond - epsilon) : epsilon - beyond;
    return Math.max(most, isOff);
  }, 0);
}

it('solves the dual problem, with and without shrinking and caching', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 90 }),
      fc.constantFrom<KernelName>('rbf', 'linear', 'poly'),
      fc.constantFrom(0.1, 1, 20),
      fc.constantFrom(0, 0.1, 0.5),
      (seed, nRows, kernel, C, epsilon) => {
        const { columns, y: amounts } = rowsOf(nRows, seed);
        const bounds = amounts.map((_, row) => C * (1 + (row % 3)));
        const tube = { amounts, bounds, epsilon };
        const rows = new KernelRows(columns, { kernel, gamma: 0.5, degree: 2, coef0: 1 }, 0, true);
        const { coefficients, decisions, converged } = rows.solveTube(tube, 1e-6, 1e8);
        expect(converged).toBe(true);
        expect(Math.abs(coefficients.reduce((sum, each) => sum + each, 0))).toBeLessThan(1e-9);
        coefficients.forEach((each, row) => {
          expect(Math.abs(each)).toBeLessThanOrEqual(bounds[row]);
        });
        expect(mostViolated(tube, coefficients, decisions)).toBeLessThan(1e-5);
      },
    ),
    { numRuns: 100 },
  );
});

it.each([0, 50])('solves problems with many rows and a cache of %i MiB', (cacheSizeMb) => {
  const { columns, y: amounts } = rowsOf(1500);
  const tube = { amounts, bounds: new Float64Array(1500).fill(50), epsilon: 0.2 };
  const rows = new KernelRows(columns, { kernel: 'rbf', gamma: 1, degree: 3, coef0: 0 }, cacheSizeMb, true);
  const { coefficients, decisions, steps } = rows.solveTube(tube, 1e-3, 1e6);
  // Shrinking happens every thousand steps.
  expect(steps).toBeGreaterThan(2000);
  expect(mostViolated(tube, coefficients, decisions)).toBeLessThan(2e-3);
  expect(rows.nBytes / 2 ** 20).toBeLessThan(cacheSizeMb + 1);
});

describe('SVR', () => {
  const strict = { tolerance: 1e-8, gamma: 0.5 };

  it('counts a row of weight 2 twice, and ignores one of weight 0', () => {
    const sampleWeight = y.map((_, row) => row % 3);
    const rows = Array.from(y.keys()).flatMap((row) => Array<number>(row % 3).fill(row));
    const weighted = new SVR(strict).fit(x, y, { sampleWeight }).predict(x);
    const repeated = new SVR(strict).fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    repeated.predict(x).forEach((amount, row) => {
      expect(Math.abs(amount - weighted[row])).toBeLessThan(1e-6);
    });
  });

  it('shifts with the target, and scales with the target, epsilon and C', () => {
    const plain = new SVR(strict).fit(x, y).predict(x);
    const shifted = new SVR(strict).fit(
      x,
      y.map((amount) => amount + 100),
    );
    const scaled = new SVR({ ...strict, C: 8, epsilon: 0.8 }).fit(
      x,
      y.map((amount) => 8 * amount),
    );
    const [far, large] = [shifted.predict(x), scaled.predict(x)];
    plain.forEach((amount, row) => {
      expect(Math.abs(far[row] - amount - 100)).toBeLessThan(1e-5);
      expect(Math.abs(large[row] - 8 * amount)).toBeLessThan(1e-5);
    });
  });

  it.each<[string, number[]]>([
    ['a constant target', [3, 3, 3, 3]],
    ['a target inside the tube', [3, 3.1, 2.95, 3.05]],
  ])('needs no support vectors for %s', (_, amounts) => {
    const table = Table.fromColumns({ a: [1, 2, 3, 4] });
    const { machine, state } = new SVR().fit(table, amounts);
    expect(machine.nSupport).toBe(0);
    expect(machine.intercept).toBeCloseTo((Math.max(...amounts) + Math.min(...amounts)) / 2, 12);
    expect(SVR.restore(new StateReader('SVR', state)).predict(table)).toEqual(
      new Float64Array(4).fill(machine.intercept),
    );
  });

  it('fits one row', () => {
    const one = Table.fromColumns({ a: [2] });
    expect(new SVR().fit(one, [7]).predict(one)[0]).toBe(7);
  });

  it('fits specifications together as if each were alone', () => {
    const specifications = [{}, { C: 10 }, { epsilon: 0.3, kernel: 'linear' as const }, { degree: 7 }].map(
      (options) => new SVR(options),
    );
    const together = specifications[0].fitMany(x, y, specifications);
    expect(together.map(({ state }) => state)).toEqual(
      specifications.map((specification) => specification.fit(x, y).state),
    );
  });

  it('warns if it stopped early', () => {
    const warnings: string[] = [];
    const model = new SVR({ maxIterations: 3, onWarning: (message) => warnings.push(message) }).fit(x, y);
    expect(model.machine.converged).toBe(false);
    expect(warnings).toEqual([
      'SVR stopped after 3 steps, with a pair of rows that still violates optimality by more than 0.001',
    ]);
  });

  it.each<[number[], string]>([
    [[1, Infinity], 'row 1: expected a finite number, got null'],
    [
      [-2e15, 1],
      'row 0: expected a target value of at most 1000000000000000 in absolute value, got -2000000000000000; scale them first',
    ],
  ])('rejects the target %j', (amounts, message) => {
    expect(() => new SVR().fit(Table.fromColumns({ a: [1, 2] }), amounts)).toThrow(
      expect.objectContaining({ code: 'invalid-target', message }),
    );
  });

  it('rejects missing values, and tables without columns or rows', () => {
    expect(() => new SVR().fit(Table.fromColumns({ a: [1, NaN] }), [1, 2])).toThrow('column "a", row 1');
    expect(() => new SVR().fit(Table.fromColumns({}, 2), [1, 2])).toThrow('expected feature columns');
    expect(() => new SVR().fit(Table.fromColumns({ a: [] }), [])).toThrow('SVR: the table has no rows');
  });

  it.each<[SVROptions, string]>([
    [{ epsilon: -0.1 }, 'epsilon: expected a number of at least 0, got -0.1'],
    [{ C: 0 }, 'C: expected a number above 0, got 0'],
  ])('rejects %j', (options, message) => {
    expect(() => new SVR(options)).toThrow(expect.objectContaining({ code: 'invalid-parameter', message }));
  });

  const { state } = new SVR({ kernel: 'linear' }).fit(x, y);
  it.each<[string, JsonObject]>([
    ['a missing coefficient', { coefficients: packArray(new Float64Array(1)) }],
    [
      'coefficients whose sums overflow',
      { coefficients: packArray(new Float64Array(state.nSupport).fill(1e308)) },
    ],
    ['no intercept', { intercept: null }],
    ['no features', { features: [], supportVectors: [] }],
  ])('rejects a state with %s', (_, part) => {
    expect(() => SVR.restore(new StateReader('SVR', { ...state, ...part }))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });
});
