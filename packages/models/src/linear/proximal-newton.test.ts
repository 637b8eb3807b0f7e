import { Random } from '@churn/core';
import fc from 'fast-check';
import { BinomialLoss } from './binomial-loss.js';
import * as newton from './proximal-newton.js';

interface LogisticProblem {
  readonly columns: readonly Float64Array[];
  readonly y: ArrayLike<number>;
  readonly C: number;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
}

const proximalNewton = ({ columns, y, C, l1, l2 }: LogisticProblem, how: newton.NewtonOptions) =>
  newton.proximalNewton({ loss: new BinomialLoss(columns, y), C, l1, l2 }, how);

const score = ({ columns }: LogisticProblem, w: Float64Array, row: number) =>
  columns.reduce((sum, column, j) => sum + column[row] * w[j], 0);

function objective(problem: LogisticProblem, w: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < problem.y.length; row++) {
    const z = score(problem, w, row) * (problem.y[row] === 1 ? 1 : -1);
    // -log sigmoid(z), for both signs of z.
    sum += problem.C * (z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z);
  }
  return w.reduce((all, v, j) => all + problem.l1[j] * Math.abs(v) + 0.5 * problem.l2[j] * v * v, sum);
}

/** The gradient without the l1 penalty. */
function gradientAt(problem: LogisticProblem, w: Float64Array): Float64Array {
  const { columns, y, C, l2 } = problem;
  return Float64Array.from(columns, (column, j) => {
    let sum = l2[j] * w[j];
    for (let row = 0; row < y.length; row++) {
      sum += C * column[row] * (1 / (1 + Math.exp(-score(problem, w, row))) - y[row]);
    }
    return sum;
  });
}

type Penalty = 'l1' | 'l2' | 'both';

function randomProblem(seed: number, n: number, p: number, penalty: Penalty, C: number): LogisticProblem {
  const random = new Random(seed);
  const draw = () => Float64Array.from({ length: n }, () => random.normal());
  const columns: Float64Array[] = Array.from({ length: p }, draw);
  const kind = random.int(4);
  if (kind === 0) columns[p - 1] = columns[0].slice();
  if (kind === 1) columns[p - 1].fill(0);
  if (kind === 2) columns[0] = columns[0].map((value) => 1000 * value);
  const y = Array.from({ length: n }, (_, row) => (row < 2 ? row : Number(random.uniform() < 0.3)));
  // The intercept is not penalised.
  const penalties = (on: boolean) => Float64Array.from({ length: p + 1 }, (_, j) => (on && j < p ? 1 : 0));
  columns.push(new Float64Array(n).fill(1));
  return { columns, y, C, l1: penalties(penalty !== 'l2'), l2: penalties(penalty !== 'l1') };
}

const problems = fc
  .tuple(
    fc.integer(),
    fc.integer({ min: 2, max: 40 }),
    fc.integer({ min: 1, max: 10 }),
    fc.constantFrom<Penalty>('l1', 'l2', 'both'),
    fc.constantFrom(1e-3, 0.1, 1, 10, 1e3),
  )
  .map((drawn) => randomProblem(...drawn));
const options = { tolerance: 1e-8, maxIterations: 200 };
const zeros = ({ columns }: LogisticProblem) => new Float64Array(columns.length);

/** The reference of the tolerance. */
const gradientScale = (problem: LogisticProblem) => {
  const scale = Math.max(...gradientAt(problem, zeros(problem)).map(Math.abs));
  // For balanced classes and columns of zeros it is 0, except for rounding.
  return scale > 1e-12 ? scale : 1;
};

describe('proximalNewton', () => {
  it('satisfies the Karush-Kuhn-Tucker conditions', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { weights, converged } = proximalNewton(problem, { start: zeros(problem), ...options });
        const gradient = gradientAt(problem, weights);
        expect(converged).toBe(true);
        weights.forEach((w, j) => {
          const excess =
            w === 0
              ? Math.abs(gradient[j]) - problem.l1[j]
              : Math.abs(gradient[j] + problem.l1[j] * Math.sign(w));
          expect(excess).toBeLessThan(1.01e-8 * gradientScale(problem));
        });
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Parameters<typeof randomProblem>]>([
    ['the penalties nearly cancel in the gain of a step', [2566, 56, 10, 'both', 10]],
    ['the decrease of the last step is below the rounding error of the objective', [6407, 3, 7, 'l1', 0.1]],
    ['24 columns of two rows leave flat directions', [8565, 2, 24, 'l1', 1e5]],
  ])('converges if %s', (_, drawn) => {
    const problem = randomProblem(...drawn);
    expect(proximalNewton(problem, { start: zeros(problem), ...options }).converged).toBe(true);
  });

  it('reports the objective at the returned weights', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const result = proximalNewton(problem, { start: zeros(problem), ...options });
        const slow = objective(problem, result.weights);
        expect(Math.abs(result.objective - slow)).toBeLessThanOrEqual(1e-11 * slow);
      }),
    );
  });

  it('finds the same minimum from any start', () => {
    fc.assert(
      fc.property(problems, fc.integer(), (problem, seed) => {
        const random = new Random(seed);
        const largest = problem.columns.map((column) => Math.max(1, ...column.map(Math.abs)));
        const start = zeros(problem).map((_, j) => random.normal() / largest[j]);
        const [near, far] = [zeros(problem), start].map((from) =>
          proximalNewton(problem, { start: from, ...options }),
        );
        // By convexity, the objective differs between two points by at most a subgradient at one of them times their difference.
        const apart = near.weights.reduce((sum, w, j) => sum + Math.abs(w - far.weights[j]), 0);
        const most = 1.01e-8 * gradientScale(problem) * apart + 1e-12 * near.objective;
        expect(Math.abs(far.objective - near.objective)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('lowers the objective with every step', () => {
    const problem = randomProblem(3, 40, 8, 'l1', 10);
    const objectives = Array.from(
      { length: 6 },
      (_, maxIterations) =>
        proximalNewton(problem, { start: zeros(problem), tolerance: 1e-8, maxIterations }).objective,
    );
    expect(objectives[0]).toBeCloseTo(10 * 40 * Math.LN2, 10);
    for (let k = 1; k < objectives.length; k++) expect(objectives[k]).toBeLessThanOrEqual(objectives[k - 1]);
    expect(objectives[5]).toBeLessThan(objectives[1]);
  });

  it('shortens steps that would overshoot', () => {
    const problem = randomProblem(7, 30, 2, 'l2', 1000);
    const start = Float64Array.of(40, -30, 20);
    const { objective: reached, converged } = proximalNewton(problem, { start, ...options });
    expect(converged).toBe(true);
    expect(reached).toBeLessThan(objective(problem, start));
    expect(proximalNewton(problem, { start, ...options, maxIterations: 1 }).objective).toBeLessThan(
      objective(problem, start),
    );
  });

  it.each(['l1', 'l2'] as const)('stops without convergence if rounding hides decreases of %s', (penalty) => {
    const problem = randomProblem(5, 40, 6, penalty, 1);
    const result = proximalNewton(problem, {
      start: zeros(problem),
      tolerance: 1e-300,
      maxIterations: 1000,
    });
    expect(result.converged).toBe(false);
    expect(result.iterations).toBeLessThan(30);
    // A coefficient stays zero where its gradient exceeds the penalty by rounding, taken as 1e-9 of it.
    expect(result.residual).toBeLessThan(penalty === 'l1' ? 1e-10 : 1e-14);
  });

  it('converges from a start where the loss is flat', () => {
    const problem: LogisticProblem = {
      columns: [Float64Array.of(-300, 250, -100, -1600, 500, 900), new Float64Array(6).fill(1)],
      y: [0, 1, 1, 0, 0, 1],
      C: 1e-3,
      l1: Float64Array.of(1, 0),
      l2: new Float64Array(2),
    };
    const start = Float64Array.of(0.8, 1);
    const [far, near] = [start, zeros(problem)].map((from) =>
      proximalNewton(problem, { start: from, ...options }),
    );
    expect([far.converged, near.converged]).toEqual([true, true]);
    expect(Math.abs(far.objective - near.objective)).toBeLessThan(1e-9 * near.objective);
  });

  it('makes no step if the start is the minimum', () => {
    const problem = randomProblem(9, 20, 4, 'l1', 1e-6);
    const share = problem.y.length / Array.from(problem.y).reduce((a, b) => a + b);
    const start = Float64Array.of(0, 0, 0, 0, -Math.log(share - 1));
    const result = proximalNewton(problem, { start, ...options });
    expect(result).toMatchObject({ iterations: 0, converged: true });
    expect(result.weights).toEqual(start);
    expect(result.weights).not.toBe(start);
  });
});
