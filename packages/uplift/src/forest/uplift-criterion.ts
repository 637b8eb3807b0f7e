import { log, square } from '@churn/core';
import { CONTROL, OF_CONTROL, OF_TREATED, TREATED } from './arm-sums.js';

/** The divergences between the outcomes of treated and control rows that splits can maximise. */
export const UPLIFT_CRITERIA = ['euclidean', 'kl', 'chi-squared'] as const;

export type UpliftCriterion = (typeof UPLIFT_CRITERIA)[number];

/**
 * The divergence of the outcomes of treated and control rows, by the sums of both (Rzepakowski and
 * Jaroszewicz, "Decision trees for uplift modeling with single and multiple treatments", 2012): the squared
 * difference of means, for which outcomes may be numeric, or the Kullback-Leibler or chi-squared divergence
 * of shares, with Laplace's correction.
 */
export function divergenceOf(criterion: UpliftCriterion): (sums: Float64Array) => number {
  if (criterion === 'kl') return kullbackLeibler;
  if (criterion === 'chi-squared') return chiSquared;
  return squaredDifference;
}

function squaredDifference(sums: Float64Array): number {
  return square(sums[OF_TREATED] / sums[TREATED] - sums[OF_CONTROL] / sums[CONTROL]);
}

function kullbackLeibler(sums: Float64Array): number {
  const p = corrected(sums[OF_TREATED], sums[TREATED]);
  const q = corrected(sums[OF_CONTROL], sums[CONTROL]);
  return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q));
}

function chiSquared(sums: Float64Array): number {
  const p = corrected(sums[OF_TREATED], sums[TREATED]);
  const q = corrected(sums[OF_CONTROL], sums[CONTROL]);
  return square(p - q) / (q * (1 - q));
}

/** A share with Laplace's correction: at 0 and 1, divergences would be infinite. */
function corrected(sum: number, weight: number): number {
  return (sum + 1) / (weight + 2);
}
