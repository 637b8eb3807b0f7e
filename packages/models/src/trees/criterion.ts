import { log } from '@churn/core';

/** The impurity that a classification split reduces: Gini impurity or entropy. */
export type Criterion = 'gini' | 'entropy';

/** The impurity that a regression split reduces: the squared error of the mean, or its Poisson deviance. */
export type RegressionCriterion = 'squaredError' | 'poisson';

export const AMOUNT_CRITERIA: readonly RegressionCriterion[] = ['squaredError', 'poisson'];

export const CRITERIA: readonly Criterion[] = ['gini', 'entropy'];

/**
 * The purity of a set of rows, given the weight `w_k` of each class; larger is purer. The quality of a split is the sum over its two sides.
 *
 * It is minus the weighted impurity, up to a term that does not depend on the split: `Σ w_k² / w` for Gini, `Σ w_k ln w_k - w ln w` for
 * entropy (Breiman et al., "Classification and Regression Trees", 1984).
 */
export function purity(criterion: Criterion, weights: Float64Array, start = 0, end = weights.length): number {
  let total = 0;
  let sum = 0;
  for (let k = start; k < end; k++) {
    const weight = weights[k];
    total += weight;
    sum += criterion === 'gini' ? weight * weight : xLogX(weight);
  }
  if (total === 0) return 0;
  return criterion === 'gini' ? sum / total : sum - xLogX(total);
}

/** Weights are mostly counts of rows, so nearly all arguments are small integers. */
const TABLE = Float64Array.from({ length: 4096 }, (_, x) => (x === 0 ? 0 : x * log(x)));

/** `x ln x`, and its limit 0 at 0. */
export function xLogX(x: number): number {
  const whole = x | 0;
  return whole === x && whole < 4096 ? TABLE[whole] : x > 0 ? x * log(x) : 0;
}
