import { Random } from '@churn/core';
import { TweedieLoss } from '../linear-regression/tweedie-loss.js';
import { plainTallEngine } from './plain-tall-engine.js';
import type { RowLoss } from './tall-engine.js';
import { LOGISTIC, TallRows, tweedie } from './tall-rows.js';
import { wasmTallEngine } from './wasm-tall-engine.js';

const random = new Random(23);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
const codes = (length: number) => Float64Array.from({ length }, () => random.int(2));

it('computes the derivatives of two rows, checked by hand', () => {
  // Scores of log 3 and -log 3: probabilities of 3/4 and 1/4, with p (1 - p) = 3/16.
  const rows = new TallRows(LOGISTIC, {
    columns: [Float64Array.of(1, -1)],
    hasIntercept: true,
    y: Float64Array.of(1, 1),
    weights: Float64Array.of(2, 1),
  });
  const { gradient, hessian } = rows.at(Float64Array.of(Math.log(3), 0), true);
  const expected = [2 * (-1 / 4) + 3 / 4, 2 * (-1 / 4) - 3 / 4];
  expected.forEach((value, j) => {
    expect(gradient[j]).toBeCloseTo(value, 14);
  });
  expect(Array.from(rows.gradientAtZero)).toEqual([-0.5, -1.5]);
  [9 / 16, 3 / 16, 3 / 16, 9 / 16].forEach((value, at) => {
    expect(hessian?.[at]).toBeCloseTo(value, 14);
  });
});

// One row more or less than a block, and numbers of columns that are not multiples of four.
it.each([
  [1, 3, false],
  [8, 4, true],
  [263, 5, false],
  [1023, 63, true],
  [1050, 63, false],
  [5000, 9, true],
])('computes the derivatives of %i rows of %i columns', (n, p, hasIntercept) => {
  const columns = Array.from({ length: p }, () => draw(n));
  const y = codes(n);
  const weights = draw(n).map(Math.abs);
  const rows = new TallRows(LOGISTIC, { columns, hasIntercept, y, weights });
  const all = hasIntercept ? [...columns, new Float64Array(n).fill(1)] : columns;
  // The second round starts from memory used by the first.
  for (let round = 0; round < 2; round++) {
    const w = draw(all.length);
    const shares = Array.from({ length: n }, (_, row) => {
      return 1 / (1 + Math.exp(-all.reduce((sum, column, j) => sum + column[row] * w[j], 0)));
    });
    const sumOf = (term: (row: number) => number) =>
      shares.reduce((sum, _, row) => sum + weights[row] * term(row), 0);
    const { gradient, hessian } = rows.at(w, true);
    expect(rows.at(w, false)).toEqual({ gradient, hessian: undefined });
    all.forEach((column, j) => {
      expect(gradient[j]).toBeCloseTo(
        sumOf((row) => (shares[row] - y[row]) * column[row]),
        9,
      );
      expect(rows.gradientAtZero[j]).toBeCloseTo(
        sumOf((row) => (0.5 - y[row]) * column[row]),
        9,
      );
      const k = random.int(all.length);
      const curved = sumOf((row) => shares[row] * (1 - shares[row]) * column[row] * all[k][row]);
      expect(hessian?.[j * all.length + k]).toBeCloseTo(curved, 9);
      expect(hessian?.[k * all.length + j]).toBeCloseTo(curved, 9);
    });
  }
});

it('samples rows of all parts', () => {
  const n = 10_000;
  const column = Float64Array.from({ length: n }, (_, row) => row);
  const y = new Float64Array(n);
  const sample = new TallRows(LOGISTIC, { columns: [column], hasIntercept: false, y }).sample();
  const length = sample?.length ?? 0;
  expect(Math.abs(length - n / 8)).toBeLessThan(40);
  // At zero: half of the rows times the mean of their numbers.
  const [gradient] = sample?.gradientAtZero ?? [];
  expect(Math.abs((2 * gradient) / length / (n / 2) - 1)).toBeLessThan(0.02);
});

it('does not sample if there would be less than four blocks', () => {
  const rows = new TallRows(LOGISTIC, { columns: [draw(100)], hasIntercept: false, y: codes(100) });
  expect(rows.sample()).toBeUndefined();
});

it('standardises columns as they are loaded', () => {
  const columns = [draw(1003), draw(1003)];
  const standardisation = { centres: [0.5, -2], factors: [3, 0.25] };
  const standardised = columns.map((column, j) =>
    column.map((value) => standardisation.factors[j] * (value - standardisation.centres[j])),
  );
  const parts = { hasIntercept: true, y: codes(1003) };
  const w = draw(3);
  expect(new TallRows(LOGISTIC, { columns, standardisation, ...parts }).at(w, true)).toEqual(
    new TallRows(LOGISTIC, { columns: standardised, ...parts }).at(w, true),
  );
});

// Powers with one exponential per row, and with two.
it.each([1, 1.5, 2])('computes the derivatives of half the Tweedie deviance of power %d', (power) => {
  const n = 300;
  const columns = [draw(n), draw(n)];
  const y = draw(n).map(Math.exp);
  const weights = draw(n).map(Math.abs);
  const offset = 0.7;
  const rows = new TallRows(tweedie(power), { columns, hasIntercept: true, offset, y, weights });
  const all = [...columns, new Float64Array(n).fill(1)];
  const loss = new TweedieLoss(power, { columns: all, y, weights, offset });
  const w = Float64Array.of(0.4, -0.3, 0.2);
  const z = loss.scores(w);
  const { gradient, hessian } = rows.at(w, true);
  const curved = loss.hessian(z, [0, 1, 2], 0);
  loss.gradient(z).forEach((value, j) => {
    expect(gradient[j]).toBeCloseTo(value, 10);
  });
  curved.forEach((value, at) => {
    expect(hessian?.[at]).toBeCloseTo(value, 10);
  });
});

it.each<[string, RowLoss]>([
  ['logistic', LOGISTIC],
  ['Tweedie of power 1', tweedie(1)],
  ['Tweedie of power 1.3', tweedie(1.3)],
  ['Tweedie of power 2', tweedie(2)],
])('is bit-identical with and without WebAssembly, and for any number of threads: %s', (_, loss) => {
  const sizes = { nColumns: 8, nRows: 24, nBlocks: 7, nPieces: 3 };
  const engines = [
    plainTallEngine(sizes, loss),
    ...[1, 2, 4].map((nThreads) => wasmTallEngine(sizes, loss, nThreads)),
  ];
  const [plain] = engines;
  for (let round = 0; round < 3; round++) {
    for (const name of ['rows', 'targets', 'weights', 'coefficients'] as const) {
      const values = draw(plain?.[name].length ?? 0);
      for (const engine of engines) engine?.[name].set(values);
    }
    for (const engine of engines) engine?.standardise(24 * 8 + 5, 13, 0.3, 1.7);
    for (const engine of engines) engine?.derive(round > 0, [1, 2, 3][round]);
    for (const name of ['gradient', 'hessian'] as const) {
      for (const engine of engines) expect(engine?.[name]).toEqual(plain?.[name]);
    }
  }
  expect(plain?.hessian.some((value) => value !== 0)).toBe(true);
  for (const engine of engines) engine?.close();
});
