import { ChurnError, log, type TargetValues } from '@churn/core';

import type { BoostingLoss, BoostingTargets } from './boosting-loss.js';
import { weightedQuantile } from './weighted-quantile.js';

/** The regression losses, by scikit-learn's names in camelCase. */
export const AMOUNT_LOSSES = [
  'squaredError',
  'absoluteError',
  'huber',
  'quantile',
  'poisson',
  'gamma',
  'tweedie',
] as const;

export type RegressionLossName = (typeof AMOUNT_LOSSES)[number];

/** A regression loss with its parameters. */
export interface RegressionLossSettings {
  readonly loss: RegressionLossName;
  /** The levels of the quantile loss, one score each. */
  readonly levels: readonly number[];
  /** The share of rows whose distance from the median the Huber loss squares. */
  readonly alpha: number;
  /** The variance power of the Tweedie loss. */
  readonly power: number;
}

/** Whether scores are the logarithms of predictions. */
export function isLogLinked(loss: RegressionLossName): boolean {
  return loss === 'poisson' || loss === 'gamma' || loss === 'tweedie';
}

/**
 * A regression loss, in units of the target's standard deviation, or of its mean if scores are logarithms, so that options do not depend on
 * the unit of the target.
 *
 * @throws `invalid-target` if the loss is not defined for a target value, naming the row, or all are 0.
 */
export function regressionLoss(
  amounts: TargetValues,
  weights: Float64Array,
  settings: RegressionLossSettings,
): BoostingLoss {
  requireRange(amounts, settings.loss);
  const { loss, levels, alpha, power } = settings;
  const isLog = isLogLinked(loss);
  const unit = isLog ? meanOf(amounts.values, weights, loss) : deviationOf(amounts.values, weights);
  const targets = amounts.values.map((value) => value / unit);
  const quantiles = loss === 'quantile' ? levels : [0.5];
  const first = squaredLoss(targets);
  const common = { ...first, first, scoreUnit: isLog ? 1 : unit, scoreOffset: isLog ? log(unit) : 0 };
  switch (loss) {
    case 'squaredError':
      return common;
    case 'absoluteError':
    case 'quantile':
      return {
        ...common,
        kernel: { name: 'quantile', levels: quantiles },
        baseScores: (some, ofSome) => quantiles.map((level) => weightedQuantile(some, level, ofSome)),
      };
    case 'huber': {
      const median = weightedQuantile(targets, 0.5, weights);
      const distances = targets.map((value) => Math.abs(value - median));
      return {
        ...common,
        kernel: { name: 'huber', parameter: weightedQuantile(distances, alpha, weights) },
        baseScores: (some, ofSome) => [weightedQuantile(some, 0.5, ofSome)],
      };
    }
    case 'poisson':
    case 'gamma':
    case 'tweedie':
      return {
        ...common,
        kernel: { name: loss, parameter: power },
        // With few rows, all may be 0.
        baseScores: (some, ofSome) => [log(Math.max(weightedMean(some, ofSome), Number.EPSILON))],
      };
  }
}

function squaredLoss(targets: Float64Array): BoostingLoss {
  const loss: BoostingLoss = {
    kernel: { name: 'squaredError' },
    targets,
    scoreUnit: 1,
    scoreOffset: 0,
    baseScores: (some, weights) => [weightedMean(some, weights)],
    told: (some) => [Float64Array.from(some)],
    get first() {
      return loss;
    },
    remainder(some, [score]) {
      const residuals = score.map((value, row) => some[row] - value);
      const spread = Math.sqrt(residuals.reduce((sum, each) => sum + each * each, 0) / residuals.length);
      return {
        gradients: [residuals.map((each) => (spread > 0 ? each / spread : 0))],
        curvatures: [new Float64Array(residuals.length).fill(1)],
      };
    },
  };
  return loss;
}

function requireRange({ values }: TargetValues, loss: RegressionLossName): void {
  if (!isLogLinked(loss)) return;
  const [isWrong, expected] =
    loss === 'gamma'
      ? [(value: number) => value <= 0, 'above 0']
      : [(value: number) => value < 0, 'of at least 0'];
  const wrong = values.findIndex(isWrong);
  if (wrong < 0) return;
  throw new ChurnError(
    'invalid-target',
    `row ${wrong}: expected a target value ${expected} for the loss ${JSON.stringify(loss)}, got ${values[wrong]}`,
  );
}

/** @throws if it is 0. */
function meanOf(values: Float64Array, weights: Float64Array, loss: RegressionLossName): number {
  const mean = weightedMean(values, weights);
  if (mean > 0) return mean;
  throw new ChurnError(
    'invalid-target',
    `expected a target value above 0 for the loss ${JSON.stringify(loss)}, got 0 in each row of weight`,
  );
}

/** The standard deviation; 1 if all values are equal. */
function deviationOf(values: Float64Array, weights: Float64Array): number {
  let [least, most] = [Infinity, -Infinity];
  values.forEach((value, row) => {
    if (weights[row] === 0) return;
    least = Math.min(least, value);
    most = Math.max(most, value);
  });
  // Scaled by the largest absolute value, so that neither squares nor differences overflow.
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (!(least < most)) return 1;
  const inSize = values.map((value, row) => (weights[row] > 0 ? value / size : 0));
  const mean = weightedMean(inSize, weights);
  const variance = weightedMean(
    inSize.map((value) => (value - mean) * (value - mean)),
    weights,
  );
  const deviation = Math.sqrt(variance) * size;
  return deviation > 0 ? deviation : 1;
}

function weightedMean(values: BoostingTargets, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [origin] = values;
  let mean = origin;
  // Divided before the summation, so that large targets do not overflow; the mean of equal targets is exact.
  values.forEach((value, row) => {
    mean += (value - origin) * (weights[row] / total);
  });
  return mean;
}
