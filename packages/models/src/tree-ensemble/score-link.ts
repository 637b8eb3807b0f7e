import { exp, log1p } from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { sigmoid } from '../linear/logistic-loss.js';

/**
 * How class probabilities are computed from scores:
 * - `logistic`: the sigmoid of one score, the log-odds of the second of two classes;
 * - `softmax`: of one score per class;
 * - `oneVsRest`: the sigmoid of one score per class, divided by their sum;
 * - `shares`: the scores are shares, one per class, or that of the second of two classes alone.
 */
export type ClassLink = (typeof CLASS_LINKS)[number];

export const CLASS_LINKS = ['logistic', 'softmax', 'oneVsRest', 'shares'] as const;

/** The prediction for a score s: `s` itself, `exp(s)`, the sigmoid of `s`, its signed square, or `log(1 + exp(s))`. */
export type RegressionLink = (typeof REGRESSION_LINKS)[number];

export const REGRESSION_LINKS = ['identity', 'exp', 'logistic', 'square', 'softplus'] as const;

/** The number of scores for a number of classes. */
export function nScoresOf(link: ClassLink, nClasses: number): number {
  return link === 'logistic' || (link === 'shares' && nClasses === 2) ? 1 : nClasses;
}

/** The probability of each class of each row. */
export function linkedProbabilities(link: ClassLink, scores: readonly Float64Array[]): Float64Array[] {
  switch (link) {
    case 'logistic':
    case 'softmax':
      return classProbabilities(scores);
    case 'oneVsRest':
      return inShares(scores.map((score) => score.map(sigmoid)));
    case 'shares': {
      // Sums in single precision may exceed 0 or 1 by rounding.
      if (scores.length > 1) return inShares(scores.map((score) => score.map((value) => Math.max(0, value))));
      const [second] = scores.map((score) => score.map((value) => Math.min(1, Math.max(0, value))));
      return [second.map((value) => 1 - value), second];
    }
  }
}

/** The value of each row. */
export function linkedValues(link: RegressionLink, score: Float64Array): Float64Array {
  switch (link) {
    case 'identity':
      return score;
    case 'exp':
      return score.map(exp);
    case 'logistic':
      return score.map(sigmoid);
    case 'square':
      return score.map((value) => Math.sign(value) * value * value);
    case 'softplus':
      return score.map((value) => Math.max(value, 0) + log1p(exp(-Math.abs(value))));
  }
}

/** Divides the numbers of each row by their sum; if it is 0, all become equal. */
function inShares(columns: Float64Array[]): Float64Array[] {
  for (let row = 0; row < columns[0].length; row++) {
    let sum = 0;
    for (const column of columns) sum += column[row];
    for (const column of columns) column[row] = sum > 0 ? column[row] / sum : 1 / columns.length;
  }
  return columns;
}
