import { Random } from '@churn/core';
import fc from 'fast-check';
import type { Kernel, KernelName } from './kernel.js';
import { KernelRows } from './machine.js';

/** The dual problem `min ½ αᵀQα - Σα` with `0 <= α <= bounds` and `Σ sides α = 0`, and `Q_ij = sides_i sides_j K_ij`. */
interface Dual {
  readonly q: readonly Float64Array[];
  readonly sides: Float64Array;
  readonly bounds: Float64Array;
}

function objectiveOf({ q }: Dual, alphas: Float64Array): number {
  return alphas.reduce((sum, alpha, i) => sum + alpha * (0.5 * dot(q[i], alphas) - 1), 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** The nearest feasible point of the dual problem: `clip(α - t sides)`, with the t, found by bisection, that balances the sides. */
function project({ sides, bounds }: Dual, alphas: Float64Array): Float64Array {
  const at = (t: number) => alphas.map((alpha, i) => Math.min(bounds[i], Math.max(0, alpha - t * sides[i])));
  let [low, high] = [-1e3, 1e3];
  for (let k = 0; k < 70; k++) {
    const t = (low + high) / 2;
    if (dot(sides, at(t)) > 0) low = t;
    else high = t;
  }
  return at((low + high) / 2);
}

/** The optimum by projected gradient steps with momentum (Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm", 2009). */
function slowOptimum(dual: Dual): Float64Array {
  // No eigenvalue exceeds the largest absolute row sum.
  const rate = 1 / Math.max(...dual.q.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let alphas = project(dual, new Float64Array(dual.sides.length));
  let ahead = alphas;
  let momentum = 1;
  for (let step = 0; step < 1500; step++) {
    const down = ahead.map((alpha, i) => alpha - rate * (dot(dual.q[i], ahead) - 1));
    const next = project(dual, down);
    const after = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const isUphill = objectiveOf(dual, next) > objectiveOf(dual, alphas);
    const share = isUphill ? 0 : (momentum - 1) / after;
    ahead = next.map((alpha, i) => alpha + share * (alpha - alphas[i]));
    momentum = isUphill ? 1 : after;
    alphas = next;
  }
  return alphas;
}

function kernelOf({ kernel, gamma, coef0, degree }: Kernel, a: readonly number[], b: readonly number[]) {
  const product = a.reduce((sum, value, j) => sum + value * b[j], 0);
  const squares = a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0);
  if (kernel === 'linear') return product;
  return kernel === 'rbf' ? Math.exp(-gamma * squares) : (gamma * product + coef0) ** degree;
}

it('the dual objective is as good as that of projected gradient descent, with a bound for each row', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.constantFrom<KernelName>('rbf', 'linear', 'poly'),
      fc.constantFrom(0.1, 1, 5),
      (seed, name, C) => {
        const random = new Random(seed);
        const points = Array.from({ length: 14 }, () => [random.normal(), random.normal()]);
        const sides = Float64Array.from(points, (_, row) => (row < 2 ? 2 * row - 1 : 2 * random.int(2) - 1));
        const bounds = Float64Array.from(points, () => C * (0.2 + random.uniform()));
        const kernel = { kernel: name, gamma: 0.5, degree: 2, coef0: 1 };
        const q = points.map((a, i) =>
          Float64Array.from(points, (b, j) => sides[i] * sides[j] * kernelOf(kernel, a, b)),
        );
        const dual = { q, sides, bounds };
        const columns = [0, 1].map((j) => Float64Array.from(points, (point) => point[j]));
        const members = Int32Array.from(points.keys());
        const found = new KernelRows(columns, kernel).solve({ members, sides, bounds }, 1e-6, 1e8);
        const alphas = found.coefficients.map((coefficient, i) => coefficient * sides[i]);
        expect(Math.abs(objectiveOf(dual, alphas) - found.objective)).toBeLessThan(
          1e-5 * Math.abs(found.objective),
        );
        // A feasible point cannot beat the optimum, so one as good as that of the slow method is optimal.
        alphas.forEach((alpha, i) => {
          expect(alpha).toBeGreaterThanOrEqual(0);
          expect(alpha).toBeLessThanOrEqual(bounds[i]);
        });
        expect(Math.abs(dot(sides, alphas))).toBeLessThan(1e-9);
        const slow = objectiveOf(dual, slowOptimum(dual));
        expect(found.objective).toBeLessThan(slow + 1e-5 * Math.abs(slow));
      },
    ),
    { numRuns: 15 },
  );
});
