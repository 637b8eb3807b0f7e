import type { LogisticRows } from './logistic-rows.js';
import { addScaled } from './loss.js';
import type { NewtonOptions, NewtonResult } from './proximal-newton.js';
import { SHARE } from './row-sample.js';
import { factorSymmetric } from './solve.js';
import { dot } from './weighted-gram.js';

/** The problem `min_w C loss(w) + ½ Σ l2_j w_j²`. */
export interface SmoothProblem {
  readonly rows: LogisticRows;
  readonly C: number;
  /** The l2 penalty of each coefficient. */
  readonly l2: Float64Array;
}

/** Multiplies with the inverse of a Hessian, or with what is near it. */
type Inverse = (b: Float64Array) => Float64Array;

/** Where an iteration starts, and what its first step is taken with. */
interface Place {
  readonly w: Float64Array;
  readonly inverse: Inverse | undefined;
}

/** How many rows a coefficient must have for a sample to tell where the minimum is. */
const ROWS_EACH = 25;
/** How near a sample's own minimum is looked for; that of all rows is further from it than this. */
const NEAR = 1e-2;
const MOST_STEPS_OF_SAMPLE = 20;
/** A step that brings the next one to more than this share of its length calls for a new Hessian. */
const SLOW = 0.3;

/**
 * Minimises a penalised logistic loss of many rows by Newton steps from the minimum over a sample of the rows, which has been found
 * likewise. The sample's Hessian serves all rows too, with the corrections of a quasi-Newton method, so that a step
 * looks at all rows for their gradient alone; where it gains little, for their Hessian too.
 *
 * Nothing where a step gains nothing: where classes are told apart without error the way is long, and needs a line search.
 */
export function sampledNewton(problem: SmoothProblem, options: NewtonOptions): NewtonResult | undefined {
  return descend(problem, placeBySample(problem, options.start), options)?.result;
}

function placeBySample({ rows, C, l2 }: SmoothProblem, start: Float64Array): Place {
  const nowhere = { w: start, inverse: undefined };
  if (rows.length < SHARE * ROWS_EACH * rows.size) return nowhere;
  const sample = rows.sample();
  const problem = { rows: sample, C: (C * rows.length) / sample.length, l2 };
  const { w } = placeBySample(problem, start);
  const options = { tolerance: NEAR, maxIterations: MOST_STEPS_OF_SAMPLE };
  const found = descend(problem, { w, inverse: undefined }, options);
  return found?.result.converged ? found.place : nowhere;
}

function descend(
  { rows, C, l2 }: SmoothProblem,
  from: Place,
  { tolerance, maxIterations }: Pick<NewtonOptions, 'tolerance' | 'maxIterations'>,
): { readonly result: NewtonResult; readonly place: Place } | undefined {
  const w = from.w.slice();
  let { inverse } = from;
  let lowest = { residual: Infinity, promised: Infinity };
  let last = Infinity;
  let isSlow = false;
  let wasExact = false;
  let stepped: { readonly step: Float64Array; readonly gradient: Float64Array } | undefined;
  for (let iterations = 0; ; iterations++) {
    const { gradient, gradientAtZero, hessian } = rows.at(w, isSlow || inverse === undefined);
    for (let j = 0; j < w.length; j++) gradient[j] = C * gradient[j] + l2[j] * w[j];
    const residual = largest(gradient) / (C * largest(gradientAtZero) || 1);
    if (hessian) inverse = inverseOf(hessian, C, l2);
    else if (inverse && stepped)
      inverse = corrected(inverse, stepped.step, difference(gradient, stepped.gradient));
    if (!inverse) return undefined;
    const converged = residual <= tolerance;
    if (converged || iterations >= maxIterations) {
      return { result: { weights: w, iterations, converged, residual }, place: { w, inverse } };
    }
    const step = inverse(gradient).map((value) => -value);
    // What the step gains to first order: unlike the gradient it does not depend on the units of columns.
    const promised = -dot(step, gradient);
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

/** Nothing where numbers are too large to compute with. */
function inverseOf(hessian: Float64Array, C: number, l2: Float64Array): Inverse | undefined {
  const p = l2.length;
  for (let i = 0; i < hessian.length; i++) hessian[i] *= C;
  for (let j = 0; j < p; j++) hessian[j * p + j] += l2[j];
  return hessian.every(Number.isFinite) ? factorSymmetric(hessian, p) : undefined;
}

/**
 * An inverse that fits how the gradient has changed along a step: the update of Broyden, Fletcher, Goldfarb and Shanno (Nocedal
 * and Wright, "Numerical optimization", 2nd edition, equation 6.17).
 */
function corrected(inverse: Inverse, step: Float64Array, change: Float64Array): Inverse {
  const curvature = dot(step, change);
  if (!(curvature > 0)) return inverse;
  return (b) => {
    const share = dot(step, b) / curvature;
    const result = inverse(b.map((value, j) => value - share * change[j]));
    addScaled(result, share - dot(change, result) / curvature, step);
    return result;
  };
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value - b[j]);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
