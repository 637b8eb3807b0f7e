import { ChurnError, isList, type OptionsOf, parameter, readOptions, required, square } from '@churn/core';
import { confidenceLevelParameter, type Estimate, normalEstimate } from '../confidence-level.js';
import type { OutcomeLike } from '../outcomes.js';
import { checkedOutcomes, type TreatedLike } from './ranked-outcomes.js';

/** The predicted outcome of each row with and without treatment. */
export interface PredictedOutcomes {
  readonly treated: ArrayLike<number>;
  readonly control: ArrayLike<number>;
}

const parameters = {
  /** The probability with which rows were treated, between 0 and 1: one for all rows, or one per row. */
  propensity: required(parameter('a number between 0 and 1, or one per row', isPropensity)),
  /** Predicted outcomes, for a doubly robust estimate; without them, the estimate uses only inverse propensities. */
  predicted: parameter('predicted outcomes, { treated, control }', isPredicted),
  /** A policy to compare with: the estimate is then the difference in value per row. */
  baseline: parameter('0 or 1 for each row', isNumbers),
  /** The confidence level of the interval. Default 0.95. */
  confidenceLevel: confidenceLevelParameter(),
};

export type PolicyValueOptions = OptionsOf<typeof parameters>;

/**
 * The mean outcome per row under a treatment policy, estimated from rows treated at random or with known probabilities: by inverse
 * propensities (Horvitz and Thompson, 1952) or, with predicted outcomes, doubly robust (Dudík, Langford and Li, 2011). The latter is consistent if
 * either propensities or predictions are, and has a narrower interval if predictions are good. The predictions must be of a model that was not
 * fitted on these rows.
 *
 * ```ts
 * const treat = uplift.map((each) => Number(each > 0));
 * policyValue(y, treated, treat, { propensity: 0.5 }); // { value, standardError, low, high }
 * ```
 *
 * @param policy 1 for each row to treat, otherwise 0; a number between them is the probability of treatment in a randomised policy.
 * @throws as `qiniCurve` for outcomes and treatments; `invalid-data` if lengths differ or a number is not finite; `invalid-parameter` if
 * a policy is not from 0 to 1, or a propensity is not between 0 and 1.
 */
export function policyValue(
  y: OutcomeLike,
  treated: TreatedLike,
  policy: ArrayLike<number>,
  options: PolicyValueOptions,
): Estimate {
  const { propensity, predicted, baseline, confidenceLevel } = readOptions(parameters, options);
  const { outcomes, treated: arms } = checkedOutcomes(y, treated);
  const n = outcomes.length;
  const probabilities = typeof propensity === 'number' ? new Float64Array(n).fill(propensity) : propensity;
  requireEach('propensity', probabilities, n, 'a number between 0 and 1', (p) => p > 0 && p < 1);
  const probability = 'a number from 0 to 1';
  requireEach('policy', policy, n, probability, (p) => p >= 0 && p <= 1);
  if (baseline) requireEach('baseline', baseline, n, probability, (p) => p >= 0 && p <= 1);
  if (predicted) {
    requireEach('predicted.treated', predicted.treated, n, 'a number', Number.isFinite);
    requireEach('predicted.control', predicted.control, n, 'a number', Number.isFinite);
  }
  const terms = outcomes.map((outcome, row) => {
    const [ofTreated, ofControl] = [predicted?.treated[row] ?? 0, predicted?.control[row] ?? 0];
    const isTreated = arms[row] === 1;
    const correction = isTreated
      ? (outcome - ofTreated) / probabilities[row]
      : (outcome - ofControl) / (1 - probabilities[row]);
    const termOf = (treat: number) =>
      treat * ofTreated + (1 - treat) * ofControl + (isTreated ? treat : 1 - treat) * correction;
    return termOf(policy[row]) - (baseline ? termOf(baseline[row]) : 0);
  });
  const value = terms.reduce((sum, term) => sum + term, 0) / n;
  const variance = terms.reduce((sum, term) => sum + square(term - value), 0) / (n - 1);
  return normalEstimate(value, Math.sqrt(variance / n), confidenceLevel);
}

function requireEach(
  name: string,
  values: ArrayLike<number>,
  nRows: number,
  expected: string,
  isRight: (value: number) => boolean,
): void {
  if (values.length !== nRows) {
    throw new ChurnError(
      'invalid-data',
      `${name}: expected a number for each of ${nRows} rows, got ${values.length}`,
    );
  }
  const row = Array.from(values).findIndex((value) => !isRight(value));
  if (row >= 0) {
    throw new ChurnError(
      'invalid-parameter',
      `${name}, row ${row}: expected ${expected}, got ${values[row]}`,
    );
  }
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return isList(value);
}

function isPropensity(value: unknown): value is number | ArrayLike<number> {
  return typeof value === 'number' ? value > 0 && value < 1 : isNumbers(value);
}

function isPredicted(value: unknown): value is PredictedOutcomes {
  const { treated, control } = (value ?? {}) as Partial<PredictedOutcomes>;
  return isNumbers(treated) && isNumbers(control);
}
