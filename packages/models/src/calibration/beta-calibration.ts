import type { StateReader } from '@churn/core';
import { sigmoid, softplus } from '../linear/logistic-loss.js';
import { logisticFit, softTargets } from './logistic-fit.js';

/** Turns a probability `p` into `1 / (1 + exp(-(a ln p - b ln(1 - p) + c)))`. */
export type BetaFit = {
  /** At least 0, like `b`, so that the calibration is non-decreasing. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
};

/** @throws `model-file` if `state` is not that of a beta calibration. */
export function restoreBeta(state: StateReader): BetaFit {
  return { a: state.number('a', { from: 0 }), b: state.number('b', { from: 0 }), c: state.number('c') };
}

/**
 * Beta calibration: the best fit of the probability of the positive class by a ratio of two beta distributions. With `a = b = 1` and `c =
 * 0` it is the identity, unlike any sigmoid of probabilities (Kull, Silva Filho and Flach, "Beta calibration", 2017).
 *
 * The logistic regression of Platt's targets on `ln p` and `-ln(1 - p)`, with non-negative coefficients.
 *
 * @param logOdds one finite number per row.
 * @param isPositive 1 for a row of the positive class, else 0.
 */
export function betaCalibration(
  logOdds: Float64Array,
  isPositive: ArrayLike<number>,
  weights?: ArrayLike<number>,
): BetaFit {
  const lnP = logOdds.map((z) => -softplus(-z));
  const minusLnQ = logOdds.map(softplus);
  const targets = softTargets(isPositive, weights);
  const fitOn = (columns: readonly Float64Array[]) => {
    const { coefficients, intercept: c, loss } = logisticFit(columns, targets, weights);
    const [a, b] = [lnP, minusLnQ].map((column) => coefficients[columns.indexOf(column)] ?? 0);
    return { fit: { a, b, c }, loss };
  };
  const isRising = ({ fit: { a, b } }: { readonly fit: BetaFit }) => a >= 0 && b >= 0;
  const free = fitOn([lnP, minusLnQ]);
  if (isRising(free)) return free.fit;
  return [[lnP], [minusLnQ], []]
    .map(fitOn)
    .filter(isRising)
    .reduce((least, each) => (each.loss < least.loss ? each : least)).fit;
}

/** The probabilities of log-odds. */
export function betaValues(fit: BetaFit, logOdds: Float64Array): Float64Array {
  return betaLogOdds(fit, logOdds).map(sigmoid);
}

/** The log-odds of the calibrated probabilities. */
export function betaLogOdds({ a, b, c }: BetaFit, logOdds: Float64Array): Float64Array {
  return logOdds.map((z) => b * softplus(z) - a * softplus(-z) + c);
}
