import { addScaled } from './loss.js';
import { type NewtonModel, newtonModel } from './newton-model.js';
import type { NewtonOptions, NewtonResult } from './proximal-newton.js';
import { firstOrderChange, largest, largestSubgradient } from './subgradient.js';
import type { RowDerivatives } from './tall-rows.js';

/** The problem `min_w C loss(w) + Σ l1_j |w_j| + ½ Σ l2_j w_j²` for many rows and few columns. */
export interface TallProblem {
  readonly rows: RowDerivatives;
  readonly C: number;
  /** The l1 penalty of each coefficient. */
  readonly l1: Float64Array;
  /** The l2 penalty of each coefficient. */
  readonly l2: Float64Array;
}

/** The start of an iteration, and the model of its first step. */
interface Place {
  readonly w: Float64Array;
  readonly model: NewtonModel | undefined;
}

/** The minimum number of rows per coefficient for a sample to locate the minimum. */
const ROWS_EACH = 25;
/** The tolerance of the minimum over a sample; that over all rows is further away. */
const NEAR = 1e-2;
const MAX_STEPS_OF_SAMPLE = 20;
/** If a step leaves the next one longer than this share of its length, a new Hessian is computed. */
const SLOW = 0.3;
/** With more coefficients, the Hessian of all rows takes longer than the gradients that it saves. */
const FEW = 40;

/**
 * Minimises a penalised loss of many rows by Newton steps from the minimum over a sample of the rows, which is found in the same way. The
 * Hessian of the sample is also used for all rows, with quasi-Newton updates, so a step only computes the gradient of all rows, and their
 * Hessian if progress is slow, or, for few coefficients, once.
 *
 * `undefined` if a step does not lower the objective: separable classes need many steps and a line search.
 */
export function sampledNewton(problem: TallProblem, options: NewtonOptions): NewtonResult | undefined {
  return descend(problem, placeBySample(problem, options), options)?.result;
}

function placeBySample({ rows, C, l1, l2 }: TallProblem, { start, scale }: NewtonOptions): Place {
  const nowhere = { w: start, model: undefined };
  const sample = rows.sample();
  if (!sample || sample.length < ROWS_EACH * rows.size) return nowhere;
  const problem = { rows: sample, C: (C * rows.length) / sample.length, l1, l2 };
  const options = { start, tolerance: NEAR, maxIterations: MAX_STEPS_OF_SAMPLE, scale };
  const { w } = placeBySample(problem, options);
  const found = descend(problem, { w, model: undefined }, options);
  return found?.result.converged ? found.place : nowhere;
}

function descend(
  problem: TallProblem,
  from: Place,
  { tolerance, maxIterations, scale }: NewtonOptions,
): { readonly result: NewtonResult; readonly place: Place } | undefined {
  const { rows, C, l1, l2 } = problem;
  const w = from.w.slice();
  const unit = scale ?? (C * largest(rows.gradientAtZero) || 1);
  let { model } = from;
  let lowest = { residual: Infinity, promised: Infinity };
  let last = Infinity;
  let isSlow = false;
  let wasExact = false;
  let stepped: { readonly step: Float64Array; readonly gradient: Float64Array } | undefined;
  for (let iterations = 0; ; iterations++) {
    // After the first step from the sample's minimum, the error of its Hessian limits the progress.
    const isSampled = iterations === 1 && from.model !== undefined && w.length <= FEW;
    const { gradient, hessian } = rows.at(w, isSampled || isSlow || model === undefined);
    for (let j = 0; j < w.length; j++) gradient[j] = C * gradient[j] + l2[j] * w[j];
    const residual = largestSubgradient(gradient, w, l1) / unit;
    if (hessian) model = modelOf(hessian, problem);
    else if (model && stepped) model = model.corrected(stepped.step, difference(gradient, stepped.gradient));
    if (!model) return undefined;
    const converged = residual <= tolerance;
    if (converged || iterations >= maxIterations) {
      return { result: { weights: w, iterations, converged, residual }, place: { w, model } };
    }
    const step = model.step(gradient, w);
    // The first-order decrease of the step, which, unlike the gradient, does not depend on the units of columns.
    const promised = -firstOrderChange(gradient, step, w, l1);
    const isNearer = residual < lowest.residual || promised < lowest.promised;
    if (!(promised >= 0 && (isNearer || !wasExact))) return undefined;
    lowest = {
      residual: Math.min(residual, lowest.residual),
      promised: Math.min(promised, lowest.promised),
    };
    isSlow = promised > SLOW * SLOW * last;
    wasExact = hessian !== undefined;
    last = promised;
    stepped = { step, gradient };
    addScaled(w, 1, step);
  }
}

function modelOf(hessian: Float64Array, { C, l1, l2 }: TallProblem): NewtonModel | undefined {
  const p = l2.length;
  for (let i = 0; i < hessian.length; i++) hessian[i] *= C;
  for (let j = 0; j < p; j++) hessian[j * p + j] += l2[j];
  return newtonModel(hessian, l1);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value - b[j]);
}
