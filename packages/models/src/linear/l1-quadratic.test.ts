import { Random } from '@churn/core';
import fc from 'fast-check';
import { type L1Quadratic, minimiseL1Quadratic } from './l1-quadratic.js';
import { dot, weightedGram } from './weighted-gram.js';

function gradientAt({ hessian, gradient, at }: L1Quadratic, u: Float64Array): Float64Array {
  const d = u.map((value, j) => value - at[j]);
  return gradient.map((value, j) => value + dot(hessian.subarray(j * d.length, (j + 1) * d.length), d));
}

function objective(problem: L1Quadratic, u: Float64Array): number {
  const d = u.map((value, j) => value - problem.at[j]);
  const smooth = 0.5 * (dot(gradientAt(problem, u), d) + dot(problem.gradient, d));
  return smooth + u.reduce((sum, value, j) => sum + problem.lambda[j] * Math.abs(value), 0);
}

/** Proximal gradient steps with the step size from the trace of H: slow, but evidently correct. */
function proximalGradient(problem: L1Quadratic, steps: number): Float64Array {
  const { hessian, lambda } = problem;
  const p = lambda.length;
  const trace = lambda.reduce((sum, _, j) => sum + hessian[j * p + j], 0) || 1;
  let u = problem.at.slice();
  for (let step = 0; step < steps; step++) {
    const gradient = gradientAt(problem, u);
    u = u.map((value, j) => {
      const moved = value - gradient[j] / trace;
      return Math.sign(moved) * Math.max(Math.abs(moved) - lambda[j] / trace, 0);
    });
  }
  return u;
}

/** A problem with a minimum: H = XᵀX and g = Xᵀr, so that it is bounded below. */
function randomProblem(seed: number, p: number, n: number, twins: boolean): L1Quadratic {
  const random = new Random(seed);
  const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
  const columns = Array.from({ length: p }, () => draw(n));
  if (twins) columns[p - 1] = columns[0].slice();
  const r = draw(n);
  return {
    hessian: weightedGram(columns, new Float64Array(n).fill(1)),
    gradient: Float64Array.from(columns, (column) => dot(column, r)),
    at: draw(p).map((value) => (random.uniform() < 0.4 ? 0 : value)),
    lambda: Float64Array.from({ length: p }, () => (random.uniform() < 0.2 ? 0 : 2 * random.uniform())),
  };
}

const problems = fc
  .tuple(fc.integer(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 12 }), fc.boolean())
  .map(([seed, p, n, twins]) => randomProblem(seed, p, n, twins));

describe('minimiseL1Quadratic', () => {
  it('is the soft threshold of -g / h for one coefficient', () => {
    const one = (gradient: number) =>
      minimiseL1Quadratic({
        hessian: Float64Array.of(2),
        gradient: Float64Array.of(gradient),
        at: Float64Array.of(0),
        lambda: Float64Array.of(1),
      })[0];
    expect(one(-3)).toBeCloseTo(1, 14);
    expect(one(3)).toBeCloseTo(-1, 14);
    expect(one(0.9)).toBe(0);
    expect(one(-1)).toBe(0);
  });

  it('reaches the minimum of slow proximal gradient steps', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const slow = objective(problem, proximalGradient(problem, 3000));
        const start = Math.abs(objective(problem, problem.at)) + Math.abs(slow);
        expect(objective(problem, minimiseL1Quadratic(problem))).toBeLessThanOrEqual(slow + 1e-12 * start);
      }),
    );
  });

  it('ends if the subgradient contains zero', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const u = minimiseL1Quadratic(problem);
        const gradient = gradientAt(problem, u);
        const size = 1 + Math.max(...problem.gradient.map(Math.abs), ...problem.lambda);
        u.forEach((value, j) => {
          const excess =
            value === 0
              ? Math.abs(gradient[j]) - problem.lambda[j]
              : Math.abs(gradient[j] + problem.lambda[j] * Math.sign(value));
          expect(excess).toBeLessThan(1e-7 * size);
        });
      }),
    );
  });

  it('converges for nearly equal columns, for which coordinate descent is slow', () => {
    const a = Float64Array.of(1, 2, 3, 4, 5);
    const columns = [
      a,
      a.map((value, i) => value + 1e-4 * (i % 2)),
      a.map((value, i) => value - 1e-4 * (i % 3)),
    ];
    const r = Float64Array.of(-1, 0.5, -2, 1, -3);
    const problem = {
      hessian: weightedGram(columns, new Float64Array(5).fill(1)),
      gradient: Float64Array.from(columns, (column) => dot(column, r)),
      at: Float64Array.of(3, -5, 2),
      lambda: Float64Array.of(0.01, 0.01, 0.01),
    };
    const u = minimiseL1Quadratic(problem);
    gradientAt(problem, u).forEach((value, j) => {
      expect(u[j] === 0 ? Math.abs(value) : -value * Math.sign(u[j])).toBeLessThan(0.01 + 1e-6);
    });
    const slow = proximalGradient(problem, 20_000);
    expect(objective(problem, u)).toBeLessThanOrEqual(objective(problem, slow));
  });

  it('does not change the problem', () => {
    const problem = randomProblem(1, 5, 8, false);
    const before = structuredClone(problem);
    minimiseL1Quadratic(problem);
    expect(problem).toEqual(before);
  });
});
