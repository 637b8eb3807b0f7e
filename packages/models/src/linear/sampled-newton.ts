import { addScaled } from './loss.js';
import { type NewtonModel, newtonModel } from './newton-model.js';
import type { NewtonOptions, NewtonResult } from './proximal-newton.js';
import { SHARE } from './row-sample.js';
import { firstOrderChange, largest, largestSubgradient } from './subgradient.js';
import type { TallRows } from './tall-rows.js';

/** The problem `min_w C loss(w) + Σ l1_j |w_j| + ½ Σ l2_j w_j²` of many rows and few columns. */
export interface TallProblem {
  readonly rows: TallRows;
  readonly C: number;
  /** The l1 penalty of each coefficient. */
  readonly l1: Float64Array;
  /** The l2 penalty of each coefficient. */
  readonly l2: Float64Array;
}

/** Where an iteration starts, and what its first step is taken by. */
interface Place {
  readonly w: Float64Array;
  readonly model: NewtonModel | undefined;
}

/** How many rows a coefficient must have for a sample to tell where the minimum is. */
const ROWS_EACH = 25;
/** How near a sample's own minimum is looked for; that of all rows is further from it than this. */
const NEAR = 1e-2;
const MOST_STEPS_OF_SAMPLE = 20;
/** A step that brings the next one to more than this share of its length calls for a new Hessian. */
const SLOW = 0.3;

/**
 * Minimises a penalised loss of many rows by Newton steps from the minimum over a sample of the rows, which has been found likewise. The
 * sample's Hessian serves all rows too, with the corrections of a quasi-Newton method, so that a step looks at all rows for their
 * gradient alone; where it gains little, for their Hessian too.
 *
 * `undefined` if a step gains nothing: where classes are distinguished without error the way is long, and needs a line search.
 */
export function sampledNewton(problem: TallProblem, options: NewtonOptions): NewtonResult | undefined {
  return descend(problem, placeBySample(problem, options), options)?.result;
}

function placeBySample({ rows, C, l1, l2 }: TallProblem, { start, scale }: NewtonOptions): Place {
  const nowhere = { w: start, model: undefined };
  if (rows.length < SHARE * ROWS_EACH * rows.size) return nowhere;
  const sample = rows.sample();
  try {
    const problem = { rows: sample, C: (C * rows.length) / sample.length, l1, l2 };
    const options = { start, tolerance: NEAR, maxIterations: MOST_STEPS_OF_SAMPLE, scale };
    const { w } = placeBySample(problem, options);
    const found = descend(problem, { w, model: undefined }, options);
    return found?.result.converged ? found.place : nowhere;
  } finally {
    sample.close();
  }
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
    const { gradient, hessian } = rows.at(w, isSlow || model === undefined);
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
    // What the step gains to first order: unlike the gradient it does not depend on the units of columns.
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
