import { ActiveCholesky } from './active-cholesky.js';
import { solveSymmetric } from './solve.js';
import { dot } from './weighted-gram.js';

/** The problem `min_u ½ (u - w)ᵀ H (u - w) + gᵀ (u - w) + Σ lambda_j |u_j|`. */
export interface L1Quadratic {
  /** H, symmetric and positive semidefinite, in row-major order. */
  readonly hessian: Float64Array;
  /** g, the gradient of the smooth part at w. */
  readonly gradient: Float64Array;
  /** w, the expansion point of the quadratic and the start of the search. */
  readonly at: Float64Array;
  /** The weight of each absolute value; 0 for a coefficient that is not penalised. */
  readonly lambda: Float64Array;
  /** Whether coefficients are constrained to be non-negative; `at` must satisfy this. */
  readonly positive?: boolean;
}

const SWEEPS = 30;

/**
 * Minimises a quadratic with an l1 penalty.
 *
 * Coordinate descent finds roughly which coefficients are zero; a feature-sign search then finds the exact minimum by solving for all
 * nonzero coefficients at once. Coordinate descent alone converges slowly for strongly correlated columns, such as polynomial features.
 *
 * Feature-sign search: Lee, Battle, Raina and Ng, "Efficient sparse coding algorithms", NIPS 2006.
 */
export function minimiseL1Quadratic(problem: L1Quadratic): Float64Array {
  const u = problem.at.slice();
  coordinateDescent(problem, u);
  featureSignSearch(problem, u);
  return u;
}

function coordinateDescent({ hessian, gradient, lambda, positive }: L1Quadratic, u: Float64Array): void {
  const p = u.length;
  // The gradient of the quadratic at u, kept up to date with u.
  const r = gradient.slice();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let j = 0; j < p; j++) {
      const curvature = hessian[j * p + j];
      if (curvature <= 0) continue;
      const goal = softThreshold(u[j] - r[j] / curvature, lambda[j] / curvature);
      const step = (positive ? Math.max(goal, 0) : goal) - u[j];
      if (step === 0) continue;
      u[j] += step;
      for (let k = 0; k < p; k++) r[k] += step * hessian[j * p + k];
      moved = Math.max(moved, Math.abs(step) * Math.sqrt(curvature));
    }
    if (moved < 1e-10) return;
  }
}

function featureSignSearch(problem: L1Quadratic, u: Float64Array): void {
  const p = u.length;
  const sign = Float64Array.from(u, (value, j) => (isFree(problem, j) ? 0 : Math.sign(value)));
  const factor = new ActiveCholesky(problem.hessian, p);
  const isActive = (j: number) => u[j] !== 0 || sign[j] !== 0 || isFree(problem, j);

  // Every step lowers the objective, so no set of signs is repeated; the bound only guards against rounding.
  for (let step = 0; step < 20 * p + 20; step++) {
    const active: number[] = [];
    for (let j = 0; j < p; j++) if (isActive(j)) active.push(j);
    const r = gradientAt(problem, u);
    const settled = active.length === 0 || moveToMinimumOf(active, problem, factor, u, r, sign);
    if (settled && !activateWorst(problem, u, gradientAt(problem, u), sign)) return;
  }
}

/** Whether a coefficient has no penalty. */
function isFree({ lambda, positive }: L1Quadratic, j: number): boolean {
  return lambda[j] === 0 && !positive;
}

/** Assigns a sign to the zero coefficient that violates optimality most; false if none does. */
function activateWorst(problem: L1Quadratic, u: Float64Array, r: Float64Array, sign: Float64Array): boolean {
  const { lambda, gradient, positive } = problem;
  let worst = -1;
  let excess = 0;
  for (let j = 0; j < u.length; j++) {
    if (u[j] !== 0 || isFree(problem, j)) continue;
    const pull = positive ? -r[j] : Math.abs(r[j]);
    // If only the sign constraint keeps a coefficient at zero, rounding must not release it.
    const over = pull - lambda[j] * (1 + 1e-9) - (positive ? 1e-12 * Math.abs(gradient[j]) : 0);
    if (over > excess) {
      excess = over;
      worst = j;
    }
  }
  if (worst < 0) return false;
  sign[worst] = -Math.sign(r[worst]);
  return true;
}

/**
 * Moves the active coefficients towards their minimum with fixed signs, and stops at the last point where one of them becomes zero while
 * the objective has only decreased. True if there is no such point.
 */
function moveToMinimumOf(
  active: readonly number[],
  problem: L1Quadratic,
  factor: ActiveCholesky,
  u: Float64Array,
  r: Float64Array,
  sign: Float64Array,
): boolean {
  const { hessian, lambda, positive } = problem;
  const p = u.length;
  const m = active.length;
  const target = Float64Array.from(active, (j) => -(r[j] + lambda[j] * sign[j]));
  const delta = factor.solve(active, target) ?? solveSymmetric(submatrix(hessian, p, active), target);

  let curvature = 0;
  for (let a = 0; a < m; a++) {
    const row = active[a] * p;
    let sum = 0;
    for (let b = 0; b < m; b++) sum += hessian[row + active[b]] * delta[b];
    curvature += delta[a] * sum;
  }
  // In a flat direction, rounding can make it negative, and the step is long.
  curvature = Math.max(curvature, 0);
  // The slope at the start; along the step it grows with the curvature, and jumps where a coefficient crosses zero.
  let slope = -dot(target, delta);
  const crossings = active
    .map((j, a) => ({
      j,
      jump: positive ? Infinity : 2 * lambda[j] * Math.abs(delta[a]),
      t: u[j] === 0 ? 0 : -u[j] / delta[a],
    }))
    .filter(({ j, t }) => !isFree(problem, j) && t > 0 && t < 1)
    .sort((one, other) => one.t - other.t);
  let stop: (typeof crossings)[number] | undefined;
  for (const crossing of crossings) {
    if (stop && slope + crossing.t * curvature >= 0) break;
    stop = crossing;
    slope += crossing.jump;
  }

  active.forEach((j, a) => {
    u[j] = j === stop?.j ? 0 : u[j] + (stop?.t ?? 1) * delta[a];
    if (!isFree(problem, j)) sign[j] = Math.sign(u[j]);
  });
  return crossings.length === 0;
}

/** The active rows and columns of a matrix of size `p`. */
function submatrix(matrix: Float64Array, p: number, active: readonly number[]): Float64Array {
  const m = active.length;
  const inner = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) inner[a * m + b] = matrix[active[a] * p + active[b]];
  }
  return inner;
}

/** The gradient of the quadratic at u. */
function gradientAt({ hessian, gradient, at }: L1Quadratic, u: Float64Array): Float64Array {
  const r = gradient.slice();
  const p = u.length;
  for (let j = 0; j < p; j++) {
    const moved = u[j] - at[j];
    if (moved !== 0) for (let k = 0; k < p; k++) r[k] += moved * hessian[j * p + k];
  }
  return r;
}

function softThreshold(value: number, threshold: number): number {
  if (value > threshold) return value - threshold;
  if (value < -threshold) return value + threshold;
  return 0;
}
