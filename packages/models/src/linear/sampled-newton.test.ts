import { Random } from '@churn/core';
import { BinomialLoss } from './binomial-loss.js';
import { proximalNewton } from './proximal-newton.js';
import { sampledNewton } from './sampled-newton.js';
import { LOGISTIC, TallRows } from './tall-rows.js';

interface Rows {
  readonly columns: Float64Array[];
  readonly y: Float64Array;
}

function rowsOf(seed: number, n: number, p: number, steepness = 1): Rows {
  const random = new Random(seed);
  const columns = Array.from({ length: p }, () => Float64Array.from({ length: n }, () => random.normal()));
  const slopes = Array.from({ length: p }, () => steepness * random.normal());
  const y = Float64Array.from({ length: n }, (_, row) => {
    const score = columns.reduce((sum, column, j) => sum + slopes[j] * column[row], -1);
    return Number(random.uniform() < 1 / (1 + Math.exp(-score)));
  });
  return { columns, y };
}

const sorted = ({ columns, y }: Rows): Rows => {
  const order = Array.from(y.keys()).sort((a, b) => y[a] - y[b] || columns[0][a] - columns[0][b]);
  const taken = (values: Float64Array) => Float64Array.from(order, (row) => values[row]);
  return { columns: columns.map(taken), y: taken(y) };
};

const doubled = ({ columns, y }: Rows): Rows => ({ columns: [...columns, columns[0]], y });

/** The first column in other units: the gradient of its coefficient is scaled accordingly. */
const inUnits = ({ columns, y }: Rows, unit: number): Rows => ({
  columns: columns.map((column, j) => (j === 0 ? column.map((value) => unit * value) : column)),
  y,
});

const options = (p: number) => ({ start: new Float64Array(p + 1), tolerance: 1e-9, maxIterations: 50 });

function found({ columns, y }: Rows, C: number, l1Share: number) {
  const p = columns.length;
  const l1 = new Float64Array(p + 1).fill(l1Share, 0, p);
  const l2 = new Float64Array(p + 1).fill(1 - l1Share, 0, p);
  const rows = new TallRows(LOGISTIC, { columns, hasIntercept: true, y });
  const all = [...columns, new Float64Array(y.length).fill(1)];
  const problem = { loss: new BinomialLoss(all, y), C, l1, l2 };
  return {
    sampled: sampledNewton({ rows, C, l1, l2 }, options(p)),
    whole: proximalNewton(problem, options(p)),
  };
}

it.each([
  ['few rows, without a sample', rowsOf(1, 1000, 6), 1],
  ['many rows', rowsOf(2, 30_000, 4), 1],
  ['a strong penalty', rowsOf(3, 5000, 5), 1e-4],
  ['rows sorted by class and number', sorted(rowsOf(4, 20_000, 5)), 1],
  ['a duplicate column', doubled(rowsOf(5, 8000, 3)), 10],
  ['columns in large units', inUnits(rowsOf(9, 8000, 4), 1000), 1],
  ['columns in small units', inUnits(rowsOf(10, 8000, 4), 0.1), 100],
  ['steep scores', rowsOf(6, 20_000, 5, 4), 1],
  ['an l1 penalty that keeps all coefficients', rowsOf(11, 20_000, 5), 1, 1],
  ['an l1 penalty that keeps some', rowsOf(12, 20_000, 12, 0.2), 5e-4, 1],
  ['an l1 penalty that keeps none', rowsOf(13, 5000, 5), 1e-6, 1],
  ['an l1 penalty, and a duplicate column', doubled(rowsOf(14, 8000, 3)), 1e-2, 0.999],
  ['both penalties', inUnits(rowsOf(15, 8000, 6, 0.3), 100), 2e-3, 0.5],
])('finds the minimum of %s', (_, rows, C, l1Share = 0) => {
  const { sampled, whole } = found(rows, C, l1Share);
  expect(sampled?.converged).toBe(true);
  expect(sampled?.residual).toBeLessThanOrEqual(1e-9);
  whole.weights.forEach((value, j) => {
    expect(sampled?.weights[j]).toBeCloseTo(value, 6);
  });
});

it('stops after the maximum number of steps', () => {
  const { columns, y } = rowsOf(7, 2000, 3);
  const problem = {
    rows: new TallRows(LOGISTIC, { columns, hasIntercept: true, y }),
    C: 1,
    l1: new Float64Array(4),
    l2: new Float64Array(4).fill(1),
  };
  const result = sampledNewton(problem, { ...options(3), maxIterations: 1 });
  expect(result).toMatchObject({ iterations: 1, converged: false });
  expect(result?.residual).toBeGreaterThan(1e-9);
});

it('gives up if a step does not lower the objective', () => {
  const { columns, y } = rowsOf(8, 2000, 3);
  // Far from the minimum, all probabilities are close to 0 or 1, and the loss is nearly linear.
  const start = Float64Array.of(300, -200, 100, 0);
  const none = new Float64Array(4);
  const problem = {
    rows: new TallRows(LOGISTIC, { columns, hasIntercept: true, y }),
    C: 1,
    l1: none,
    l2: none,
  };
  expect(sampledNewton(problem, { ...options(3), start })).toBeUndefined();
});
