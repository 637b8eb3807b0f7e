import { conjugateGradients } from './conjugate-gradients.js';
import { minimiseL1Products } from './l1-products.js';
import { minimiseL1Quadratic } from './l1-quadratic.js';
import { addScaled, type Loss } from './loss.js';
import { factorSymmetric, solveSymmetric } from './solve.js';
import { firstOrderChange, largest, largestSubgradient } from './subgradient.js';

/** The problem `min_w C loss(w) + Σ l1_j |w_j| + ½ Σ l2_j w_j²`. */
export interface PenalisedLoss {
  readonly loss: Loss;
  /** C, the weight of the loss. */
  readonly C: number;
  /** The l1 penalty of each coefficient. */
  readonly l1: Float64Array;
  /** The l2 penalty of each coefficient. */
  readonly l2: Float64Array;
}

export interface NewtonOptions {
  /** The start. If every row's probability is close to 0 or 1, the loss is flat, and many steps are needed. */
  readonly start: Float64Array;
  /** The stopping tolerance: the largest entry of the subgradient, relative to the largest entry of the loss's gradient at 0. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** The reference for the subgradient, instead of the loss's gradient at 0. */
  readonly scale?: number | undefined;
}

export interface NewtonResult {
  readonly weights: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** The largest entry of the subgradient, relative as in `tolerance`. */
  readonly residual: number;
}

/** The result of `proximalNewton`. */
export interface Minimum extends NewtonResult {
  readonly objective: number;
}

/**
 * Minimises a penalised loss by proximal Newton steps: the loss is replaced by its quadratic model at the current weights, the penalised
 * model is minimised, and a line search shortens the step until it lowers the objective. Only coefficients that are nonzero, or would
 * become so, take part in a step. Second derivatives may be slightly outdated while the steps make progress.
 *
 * Lee, Sun and Saunders, "Proximal Newton-type methods for minimizing composite functions", SIAM J. Optim. 2014.
 */
export function proximalNewton(problem: PenalisedLoss, options: NewtonOptions): Minimum {
  const { loss, C, l1, l2 } = problem;
  const w = options.start.slice();
  const z = loss.scores(w);
  const scale = options.scale ?? (C * largest(loss.gradient(loss.scores(new Float64Array(loss.size)))) || 1);

  let objective = C * loss.value(z) + penalty(w, l1, l2);
  let drift = LARGEST_DRIFT;
  // Products are given up if too many are needed to approach the minimum of the quadratic.
  let byProducts = loss.diagonalBlocks !== undefined;
  let last = Infinity;
  // The residual before a step whose decrease was within the rounding error of the objective.
  let before = Infinity;
  for (let iterations = 0; ; iterations++) {
    const gradient = smoothGradient(problem, z, w);
    const residual = largestSubgradient(gradient, w, l1) / scale;
    const converged = residual <= options.tolerance;
    const isStuck = residual > before / 2 && drift === 0;
    if (converged || isStuck || iterations >= options.maxIterations) {
      return { weights: w, objective, iterations, converged, residual };
    }
    if (residual > before / 2) drift = 0;
    else if (residual > last * SLOW) drift = drift > SMALLEST_DRIFT ? drift / 4 : 0;
    last = residual;

    const working = workingSet(gradient, w, l1);
    const stepAlong = (direction: Float64Array) => {
      const search = { w, z, objective, direction, along: loss.scores(direction), gradient };
      return { ...search, step: lineSearch(problem, search) };
    };
    const stepWith = (share: number) => stepAlong(newtonDirection(problem, working, z, gradient, w, share));
    const near = byProducts ? directionByProducts(problem, z, gradient, w, residual) : undefined;
    let tried = near ? stepAlong(near) : stepWith(drift);
    byProducts = near !== undefined && tried.step !== undefined;
    if (near && !tried.step) tried = stepWith(drift);
    if (!tried.step && drift > 0) {
      drift = 0;
      tried = stepWith(drift);
    }
    // If probabilities are close to 0 or 1, the quadratic is too flat to determine the step length. Its curvature is largest where all
    // scores are 0.
    if (!tried.step) {
      const steepest = new Float64Array(z.length);
      tried = stepAlong(newtonDirection(problem, working, steepest, gradient, w, 0));
    }
    const { step, direction, along } = tried;
    if (step === undefined) return { weights: w, objective, iterations, converged, residual };
    addScaled(w, step.size, direction);
    addScaled(z, step.size, along);
    objective = step.objective;
    before = step.isHidden ? residual : Infinity;
  }
}

/** The relative error allowed in second derivatives while steps make good progress. */
const LARGEST_DRIFT = 0.3;
const SMALLEST_DRIFT = 0.01;
/** A step that leaves more than this share of the residual is slow. */
const SLOW = 0.5;
/** With more coefficients than these, and none at zero, computing the Hessian takes longer than products with it. */
const MANY = 1500;
/** The maximum number of products if coefficients are at zero. */
const FEW = 300;

/** Approximates `newtonDirection` by products with the Hessian; `undefined` if a few are not enough. */
function directionByProducts(
  { loss, C, l1, l2 }: PenalisedLoss,
  z: Float64Array,
  gradient: Float64Array,
  w: Float64Array,
  residual: number,
): Float64Array | undefined {
  const blocks = loss.diagonalBlocks?.(z) ?? [];
  const p = w.length / blocks.length;
  blocks.forEach((block, c) => {
    for (let i = 0; i < block.length; i++) block[i] *= C;
    for (let j = 0; j < p; j++) block[j * p + j] += l2[c * p + j];
  });
  const hessianTimes = loss.hessianTimes(z);
  const times = (v: Float64Array) => hessianTimes(v).map((value, j) => C * value + l2[j] * v[j]);
  // The closer to the minimum, the more accurate a step should be.
  const tolerance = Math.min(0.1, Math.max(1e-4, 0.5 * Math.sqrt(residual)));
  if (l1.some((value) => value > 0)) {
    const u = minimiseL1Products(
      { times, blocks, gradient, at: w, lambda: l1 },
      { tolerance: Math.max(tolerance, 1e-2), maxIterations: FEW },
    );
    return u?.map((value, j) => value - w[j]);
  }
  const precondition = blockSolver(blocks);
  const target = gradient.map((value) => -value);
  return conjugateGradients(times, target, { tolerance, maxIterations: 500, precondition });
}

/** Solves with the diagonal blocks, and then subtracts from each number the mean of the corresponding numbers of all blocks. */
function blockSolver(blocks: readonly Float64Array[]): (v: Float64Array) => Float64Array {
  const k = blocks.length;
  const p = Math.sqrt(blocks[0].length);
  const solvers = blocks.map((block) => factorSymmetric(block, p));
  return (v) => {
    const result = new Float64Array(v.length);
    solvers.forEach((solve, c) => {
      result.set(solve(v.subarray(c * p, (c + 1) * p)), c * p);
    });
    for (let j = 0; j < p; j++) {
      let mean = 0;
      for (let at = j; at < v.length; at += p) mean += result[at] / k;
      // Adding the same to all classes changes no probability.
      for (let at = j; at < v.length; at += p) result[at] -= mean;
    }
    return result;
  };
}

/** The step to the minimiser of the quadratic model over the working set. */
function newtonDirection(
  { loss, C, l1, l2 }: PenalisedLoss,
  working: readonly number[],
  z: Float64Array,
  gradient: Float64Array,
  w: Float64Array,
  drift: number,
): Float64Array {
  const m = working.length;
  const pick = (values: Float64Array) => Float64Array.from(working, (j) => values[j]);
  const [lambda, g, at] = [pick(l1), pick(gradient), pick(w)];
  const isSmooth = lambda.every((value) => value === 0);
  if (isSmooth && m > MANY) {
    const hessianTimes = loss.hessianTimes(z);
    const times = (v: Float64Array) => hessianTimes(v).map((value, j) => C * value + l2[j] * v[j]);
    return conjugateGradients(
      times,
      gradient.map((value) => -value),
      { tolerance: 1e-3, maxIterations: 500 },
    );
  }
  const hessian = loss.hessian(z, working, drift);
  for (let i = 0; i < hessian.length; i++) hessian[i] *= C;
  for (let a = 0; a < m; a++) hessian[a * m + a] += l2[working[a]];

  const direction = new Float64Array(w.length);
  if (isSmooth) {
    const step = solveSymmetric(hessian, g);
    working.forEach((j, a) => {
      direction[j] = -step[a];
    });
  } else {
    const u = minimiseL1Quadratic({ hessian, gradient: g, at, lambda });
    working.forEach((j, a) => {
      direction[j] = u[a] - at[a];
    });
  }
  return direction;
}

interface SearchState {
  readonly w: Float64Array;
  readonly z: Float64Array;
  readonly objective: number;
  readonly direction: Float64Array;
  /** The raw scores of `direction`. */
  readonly along: Float64Array;
  readonly gradient: Float64Array;
}

interface Step {
  readonly size: number;
  readonly objective: number;
  /** Whether its decrease is below the rounding error of the objective. */
  readonly isHidden: boolean;
}

/** The objective's relative rounding error, with a margin for sums over many rows. */
const ROUNDING = 1e-12;

/**
 * Halves the step until it achieves a share of the decrease predicted by the model; `undefined` if none does. A step whose predicted
 * decrease is below the rounding error of the objective is accepted unchecked, since Newton steps are reliable so close to the minimum.
 */
function lineSearch(
  { loss, C, l1, l2 }: PenalisedLoss,
  { w, z, objective, direction, along, gradient }: SearchState,
): Step | undefined {
  const promised = firstOrderChange(gradient, direction, w, l1);
  const isHidden = Math.abs(promised) < ROUNDING * objective;
  if (!(promised < 0 || isHidden)) return undefined;
  for (let size = 1; size > 1e-10; size /= 2) {
    const trialW = w.map((value, j) => value + size * direction[j]);
    const trialZ = z.map((value, i) => value + size * along[i]);
    const trial = C * loss.value(trialZ) + penalty(trialW, l1, l2);
    const most = objective + (isHidden ? ROUNDING * objective : 1e-4 * size * promised);
    if (trial <= most) return { size, objective: trial, isHidden };
  }
  return undefined;
}

/** The coefficients that are nonzero, not penalised, or whose gradient exceeds their penalty. */
function workingSet(gradient: Float64Array, w: Float64Array, l1: Float64Array): number[] {
  const working: number[] = [];
  for (let j = 0; j < w.length; j++) if (w[j] !== 0 || Math.abs(gradient[j]) >= l1[j]) working.push(j);
  return working;
}

function smoothGradient({ loss, C, l2 }: PenalisedLoss, z: Float64Array, w: Float64Array): Float64Array {
  return loss.gradient(z).map((value, j) => C * value + l2[j] * w[j]);
}

function penalty(w: Float64Array, l1: Float64Array, l2: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < w.length; j++) sum += l1[j] * Math.abs(w[j]) + 0.5 * l2[j] * w[j] * w[j];
  return sum;
}
