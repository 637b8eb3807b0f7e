import type { StateReader } from '@churn/core';
import { sigmoid } from '../linear/logistic-loss.js';
import { logisticFit, softTargets } from './logistic-fit.js';

/** Turns a score `f` into the probability `1 / (1 + exp(-(slope f + intercept)))`. */
export type SigmoidFit = {
  readonly slope: number;
  readonly intercept: number;
};

/** @throws `model-file` if `state` is not that of a sigmoid. */
export function restoreSigmoid(state: StateReader): SigmoidFit {
  return { slope: state.number('slope'), intercept: state.number('intercept') };
}

/** Scores closer together than this count as equal, since the slope between them would not be finite. */
const TINY = 1e-290;

/**
 * Platt scaling: the best fit of the probability of the positive class by a sigmoid of a score.
 *
 * The logistic regression of Platt's targets on the score (Platt, "Probabilistic outputs for support vector machines", 1999), as
 * scikit-learn's `CalibratedClassifierCV` fits it. Constant scores get a slope of 0.
 *
 * @param scores one finite number per row.
 * @param isPositive 1 for a row of the positive class, else 0.
 */
export function plattScaling(
  scores: Float64Array,
  isPositive: ArrayLike<number>,
  weights?: ArrayLike<number>,
): SigmoidFit {
  let low = Infinity;
  let high = -Infinity;
  for (const score of scores) {
    // A class without training rows has infinite scores.
    if (!Number.isFinite(score)) continue;
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  // Scores are scaled to [-1, 1], so that the steps do not depend on their scale; they are halved before the addition, so that it cannot
  // overflow.
  const centre = low / 2 + high / 2;
  const spread = high / 2 - low / 2;
  const varies = spread > TINY;
  const z = scores.map((score) => (Math.min(Math.max(score, low), high) - centre) / spread);
  const fit = logisticFit(varies ? [z] : [], softTargets(isPositive, weights), weights);
  if (!varies) return { slope: 0, intercept: fit.intercept };
  const slope = fit.coefficients[0] / spread;
  return { slope, intercept: fit.intercept - slope * centre };
}

/** The probability of each score. */
export function sigmoidValues(fit: SigmoidFit, scores: Float64Array): Float64Array {
  return sigmoidLogOdds(fit, scores).map(sigmoid);
}

/** The log-odds of the calibrated probabilities. */
export function sigmoidLogOdds({ slope, intercept }: SigmoidFit, scores: Float64Array): Float64Array {
  // With slope 0, the result is the intercept even for infinite scores.
  return scores.map((score) => (slope === 0 ? intercept : slope * score + intercept));
}
