import { minimiseL1Quadratic } from './l1-quadratic.js';
import { logisticLoss, sigmoid } from './logistic-loss.js';
import { solveSymmetric } from './solve.js';
import { dot, weightedGram } from './weighted-gram.js';

/** The problem `min_w C Σ log(1 + exp(x_i·w)) - y_i x_i·w + Σ l1_j |w_j| + ½ Σ l2_j w_j²`. */
export interface LogisticProblem {
  /** The columns of the design matrix; an intercept is a column of ones. */
  readonly columns: readonly Float64Array[];
  /** The class of each row, 0 or 1. */
  readonly y: ArrayLike<number>;
  /** C, the weight of the loss. */
  readonly C: number;
  /** The l1 penalty of each coefficient. */
  readonly l1: Float64Array;
  /** The l2 penalty of each coefficient. */
  readonly l2: Float64Array;
}

export interface NewtonOptions {
  /** Where to start: not where every row's probability is close to 0 or 1, for there the loss is too flat to leave. */
  readonly start: Float64Array;
  /** Stop where the largest entry of the subgradient is below this share of the largest entry of the loss's gradient at 0. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface NewtonResult {
  readonly weights: Float64Array;
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** The largest entry of the subgradient, relative as in `tolerance`. */
  readonly residual: number;
}

/**
 * Fits a logistic regression by proximal Newton steps: the loss is replaced by its quadratic at the present weights,
 * that problem with its penalty is solved exactly, and a line search takes as much of the step as lowers the objective.
 * Only coefficients that are nonzero, or want to be, take part in a step.
 *
 * Lee, Sun and Saunders, "Proximal Newton-type methods for minimizing composite functions", SIAM J. Optim. 2014.
 */
export function proximalNewton(problem: LogisticProblem, options: NewtonOptions): NewtonResult {
  const { columns, y, C, l1, l2 } = problem;
  const w = options.start.slice();
  const z = rawScores(columns, w, y.length);
  const scale = C * largestCorrelation(columns, y) || 1;

  let objective = C * logisticLoss(z, y) + penalty(w, l1, l2);
  // The residual before a step whose gain was lost in the objective's rounding.
  let before = Infinity;
  for (let iterations = 0; ; iterations++) {
    const probabilities = z.map(sigmoid);
    const gradient = smoothGradient(problem, probabilities, w);
    const residual = largestSubgradient(gradient, w, l1) / scale;
    const converged = residual <= options.tolerance;
    if (converged || residual > before / 2 || iterations >= options.maxIterations) {
      return { weights: w, objective, iterations, converged, residual };
    }

    const working = workingSet(gradient, w, l1);
    const direction = newtonDirection(problem, working, probabilities, gradient, w);
    const along = new Float64Array(z.length);
    for (const j of working) addScaled(along, direction[j], columns[j]);

    const step = lineSearch(problem, { w, z, objective, direction, along, gradient });
    if (step === undefined) return { weights: w, objective, iterations, converged, residual };
    addScaled(w, step.size, direction);
    addScaled(z, step.size, along);
    objective = step.objective;
    before = step.isHidden ? residual : Infinity;
  }
}

/** The minimiser of the quadratic model over the working set, minus where we are. */
function newtonDirection(
  { columns, C, l1, l2 }: LogisticProblem,
  working: readonly number[],
  probabilities: Float64Array,
  gradient: Float64Array,
  w: Float64Array,
): Float64Array {
  const m = working.length;
  const pick = (values: Float64Array) => Float64Array.from(working, (j) => values[j]);
  const hessian = weightedGram(
    working.map((j) => columns[j]),
    probabilities.map((p) => C * p * (1 - p)),
  );
  for (let a = 0; a < m; a++) hessian[a * m + a] += l2[working[a]];

  const [lambda, g, at] = [pick(l1), pick(gradient), pick(w)];
  const direction = new Float64Array(w.length);
  if (lambda.every((value) => value === 0)) {
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

/** The objective's relative rounding error, with room for sums over many rows. */
const ROUNDING = 1e-12;

/**
 * Halves the step until it lowers the objective by a share of what the model promised; nothing where none does. A step
 * that promises less than the objective's rounding is taken unseen: so near the minimum, a Newton step can be trusted.
 */
function lineSearch(
  { y, C, l1, l2 }: LogisticProblem,
  { w, z, objective, direction, along, gradient }: SearchState,
): { size: number; objective: number; isHidden: boolean } | undefined {
  const promised = firstOrderChange(gradient, direction, w, l1);
  const isHidden = Math.abs(promised) < ROUNDING * objective;
  if (!(promised < 0 || isHidden)) return undefined;
  for (let size = 1; size > 1e-10; size /= 2) {
    const trialW = w.map((value, j) => value + size * direction[j]);
    const trialZ = z.map((value, i) => value + size * along[i]);
    const trial = C * logisticLoss(trialZ, y) + penalty(trialW, l1, l2);
    const most = objective + (isHidden ? ROUNDING * objective : 1e-4 * size * promised);
    if (trial <= most) return { size, objective: trial, isHidden };
  }
  return undefined;
}

/** What the step changes by the slope of the loss and by the penalty, without differences of nearly equal sums. */
function firstOrderChange(
  gradient: Float64Array,
  direction: Float64Array,
  w: Float64Array,
  l1: Float64Array,
): number {
  return direction.reduce((sum, d, j) => {
    const sign = Math.sign(w[j]);
    if (sign !== 0 && Math.sign(w[j] + d) === sign) return sum + (gradient[j] + l1[j] * sign) * d;
    return sum + gradient[j] * d + l1[j] * (Math.abs(w[j] + d) - Math.abs(w[j]));
  }, 0);
}

/** The coefficients that are not zero, are not penalised, or are pulled from zero by more than their penalty. */
function workingSet(gradient: Float64Array, w: Float64Array, l1: Float64Array): number[] {
  const working: number[] = [];
  for (let j = 0; j < w.length; j++) if (w[j] !== 0 || Math.abs(gradient[j]) >= l1[j]) working.push(j);
  return working;
}

function smoothGradient(
  { columns, y, C, l2 }: LogisticProblem,
  probabilities: Float64Array,
  w: Float64Array,
) {
  const residuals = probabilities.map((p, i) => C * (p - y[i]));
  return Float64Array.from(columns, (column, j) => dot(column, residuals) + l2[j] * w[j]);
}

/** How far the weights are from a minimum: the largest entry of the subgradient that is smallest in absolute value. */
function largestSubgradient(gradient: Float64Array, w: Float64Array, l1: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < w.length; j++) {
    const entry =
      w[j] === 0
        ? Math.max(Math.abs(gradient[j]) - l1[j], 0)
        : Math.abs(gradient[j] + l1[j] * Math.sign(w[j]));
    largest = Math.max(largest, entry);
  }
  return largest;
}

/** The largest entry of the loss's gradient at zero weights. */
function largestCorrelation(columns: readonly Float64Array[], y: ArrayLike<number>): number {
  const residuals = Float64Array.from(y, (value) => 0.5 - value);
  return columns.reduce((largest, column) => Math.max(largest, Math.abs(dot(column, residuals))), 0);
}

function rawScores(columns: readonly Float64Array[], w: Float64Array, n: number): Float64Array {
  const z = new Float64Array(n);
  columns.forEach((column, j) => {
    if (w[j] !== 0) addScaled(z, w[j], column);
  });
  return z;
}

function penalty(w: Float64Array, l1: Float64Array, l2: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < w.length; j++) sum += l1[j] * Math.abs(w[j]) + 0.5 * l2[j] * w[j] * w[j];
  return sum;
}

function addScaled(target: Float64Array, factor: number, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * values[i];
}
