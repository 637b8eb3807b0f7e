import { ChurnError } from '@churn/core';
import { factorSymmetric, proximalNewton } from '@churn/models';
import type { CoxProblem } from './cox-problem.js';
import { dependentColumn } from './dependent-column.js';

export interface CoxPenalty {
  readonly alpha: number;
  readonly l1Ratio: number;
}

export interface CoxMinimum {
  /** The coefficients of the covariates in standard deviations. */
  readonly weights: Float64Array;
  /** The information matrix of these; not there with an l1 penalty. */
  readonly information?: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** The largest entry of the subgradient, relative to that of the loss at zero coefficients. */
  readonly residual: number;
}

/** In standard deviations: a last step of less shows nothing but rounding. */
const SMALL_STEP = 1e-6;
/** Where the search has ended, a step of more shows that the likelihood is flat. */
const LARGE_STEP = 10;
/** A coefficient of more, at which a search without end was given up, would be infinite. */
const FAR = 50;
/** Nearing a minimum, each step is a small part of the one before; on the way to infinity they are all alike. */
const DIVERGENT = 0.5;

/**
 * Minimises `-log L / Σ v_i + alpha (l1Ratio Σ |b_j| + ½ (1 - l1Ratio) Σ b_j²)`, with L the partial likelihood and v the weights of rows.
 *
 * @throws `invalid-data` if coefficients without a penalty are undetermined or infinite.
 */
export function minimiseCox(
  problem: CoxProblem,
  { alpha, l1Ratio, tolerance, maxIterations }: CoxPenalty & { tolerance: number; maxIterations: number },
  warm?: Float64Array,
): CoxMinimum {
  const { likelihood: loss, totalWeight, scales, nullSlope } = problem;
  const p = scales.length;
  if (alpha === 0) requireDetermined(problem);
  const l1 = Float64Array.from(scales, (scale) => (alpha * l1Ratio) / scale);
  const l2 = Float64Array.from(scales, (scale) => (alpha * (1 - l1Ratio)) / (scale * scale));
  const penalised = { loss, C: 1 / totalWeight, l1, l2 };
  const cold = new Float64Array(p);
  const options = { tolerance, maxIterations, scale: nullSlope / totalWeight || 1 };
  let result = proximalNewton(penalised, { start: warm ?? cold, ...options });
  if (!result.converged && warm) result = proximalNewton(penalised, { start: cold, ...options });
  if (alpha * l1Ratio > 0) return result;

  // A step beyond what was asked for: where it converges, this one gives the last digits.
  const curvature = l2.map((value) => value * totalWeight);
  const { step: first, information } = newtonStep(problem, result.weights, curvature);
  const weights = result.weights.map((value, j) => value + first[j]);
  const longest = largestEntry(first);
  const length = Math.abs(first[longest]);
  if (alpha === 0 && !(length <= SMALL_STEP) && result.iterations < maxIterations) {
    if (!(length < LARGE_STEP)) throw divergent(problem, longest);
    const { step: second } = newtonStep(problem, weights, curvature);
    if (!(Math.abs(second[longest]) < DIVERGENT * length)) throw divergent(problem, longest);
  }
  if (alpha === 0 && !result.converged) {
    const farthest = largestEntry(result.weights);
    if (Math.abs(result.weights[farthest]) > FAR) throw divergent(problem, farthest);
  }
  return result.converged ? { ...result, weights, information } : { ...result, information };
}

/** Newton's step from `weights`, and the information there: the Hessian with the penalty's share. */
function newtonStep(
  { likelihood, columns }: CoxProblem,
  weights: Float64Array,
  l2: Float64Array,
): { readonly step: Float64Array; readonly information: Float64Array } {
  const p = columns.length;
  const scores = likelihood.scores(weights);
  const information = likelihood.hessian(scores, [...columns.keys()], 0);
  for (let j = 0; j < p; j++) information[j * p + j] += l2[j];
  const target = likelihood.gradient(scores).map((value, j) => -value - l2[j] * weights[j]);
  return { step: factorSymmetric(information, p)(target), information };
}

function requireDetermined({ likelihood, columns, covariates, weights }: CoxProblem): void {
  const p = columns.length;
  const none = likelihood.scores(new Float64Array(p));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const found = dependentColumn(likelihood.hessian(none, [...columns.keys()], 0), p, 1e-12 * total);
  if (!found) return;
  const why = found.isZero
    ? 'it does not vary among the rows at risk'
    : 'among the rows at risk it is a linear combination of the columns before it';
  throw new ChurnError(
    'invalid-data',
    `column "${covariates[found.column]}": ${why}, which leaves its coefficient undetermined; drop it, or set alpha above 0`,
  );
}

function divergent({ covariates }: CoxProblem, column: number): ChurnError {
  return new ChurnError(
    'invalid-data',
    `column "${covariates[column]}": the likelihood grows as its coefficient goes to infinity (the events are separated completely); ` +
      'drop it, or set alpha above 0',
  );
}

function largestEntry(values: Float64Array): number {
  return values.reduce((best, value, j) => (Math.abs(value) > Math.abs(values[best]) ? j : best), 0);
}
