import { ChurnError, Labels, type LabelsLike, likeliestCodes } from '@churn/core';
import { accuracy } from './metrics/accuracy.js';
import { averagePrecision } from './metrics/average-precision.js';
import { balancedAccuracy } from './metrics/balanced-accuracy.js';
import { brierScore } from './metrics/brier-score.js';
import { cohenKappa } from './metrics/cohen-kappa.js';
import { expectedCalibrationError } from './metrics/expected-calibration-error.js';
import { logLoss } from './metrics/log-loss.js';
import { matthewsCorrcoef } from './metrics/matthews-corrcoef.js';
import type { Metric, MetricOptions, Scores } from './metrics/metric.js';
import { f1, precision, recall } from './metrics/precision-recall-f1.js';
import { rocAuc } from './metrics/roc-auc.js';

/** Scores the probabilities of a fitted model, so that a search can choose between models by it. */
export interface Scorer {
  /** What it is called in results. */
  readonly name: string;
  /** What the metric reads: the probabilities, or the likeliest class of each row alone. */
  readonly needs: 'probabilities' | 'labels';
  /** Whether a model with a higher score is the better one; of losses it is the lower. */
  readonly greaterIsBetter: boolean;
  /**
   * The score of some rows, as the metric gives it: a loss is not turned round.
   *
   * @param yTrue the true classes, with all classes of the model, in its order.
   * @param probabilities an array a class with a number a row, as `predictProba` gives them.
   */
  score(yTrue: Labels, probabilities: readonly ArrayLike<number>[], options?: MetricOptions): number;
}

export interface ScorerOptions {
  readonly name: string;
  /** Whether higher is better. Default true. */
  readonly greaterIsBetter?: boolean;
}

/** A scorer of a metric that reads probabilities: of the positive class for two classes, and otherwise an array a class. */
export function probabilityScorer(
  metric: Metric<Scores>,
  { name, greaterIsBetter = true }: ScorerOptions,
): Scorer {
  return {
    name,
    needs: 'probabilities',
    greaterIsBetter,
    score(yTrue, probabilities, options) {
      requireColumnPerClass(yTrue, probabilities);
      return metric(yTrue, probabilities.length === 2 ? probabilities[1] : probabilities, options);
    },
  };
}

/**
 * A scorer of a metric that reads predicted classes: the likeliest of each row, of equally likely ones the first.
 *
 * ```ts
 * const f2 = labelScorer((y, predicted, options) => fBeta(y, predicted, { ...options, beta: 2 }), { name: 'f2' });
 * ```
 */
export function labelScorer(
  metric: Metric<LabelsLike>,
  { name, greaterIsBetter = true }: ScorerOptions,
): Scorer {
  return {
    name,
    needs: 'labels',
    greaterIsBetter,
    score(yTrue, probabilities, options) {
      requireColumnPerClass(yTrue, probabilities);
      return metric(yTrue, likeliestLabels(yTrue, probabilities), options);
    },
  };
}

/** How much better `score` is than `than`: above 0 where it is the better one, of losses the lower. */
export function improvement({ greaterIsBetter }: Scorer, score: number, than: number): number {
  return greaterIsBetter ? score - than : than - score;
}

/**
 * Ready scorers by name. Those of precision, recall and F1 are about the second of two classes; ones of more classes end in
 * `Macro` or `Weighted`.
 */
export const scorers = {
  rocAuc: probabilityScorer(rocAuc, { name: 'rocAuc' }),
  rocAucWeighted: probabilityScorer((y, p, options) => rocAuc(y, p, { ...options, average: 'weighted' }), {
    name: 'rocAucWeighted',
  }),
  averagePrecision: probabilityScorer(averagePrecision, { name: 'averagePrecision' }),
  logLoss: probabilityScorer(logLoss, { name: 'logLoss', greaterIsBetter: false }),
  brierScore: probabilityScorer(brierScore, { name: 'brierScore', greaterIsBetter: false }),
  expectedCalibrationError: probabilityScorer(expectedCalibrationError, {
    name: 'expectedCalibrationError',
    greaterIsBetter: false,
  }),
  accuracy: labelScorer(accuracy, { name: 'accuracy' }),
  balancedAccuracy: labelScorer(balancedAccuracy, { name: 'balancedAccuracy' }),
  precision: labelScorer(precision, { name: 'precision' }),
  recall: labelScorer(recall, { name: 'recall' }),
  f1: labelScorer(f1, { name: 'f1' }),
  f1Macro: labelScorer((y, predicted, options) => f1(y, predicted, { ...options, average: 'macro' }), {
    name: 'f1Macro',
  }),
  f1Weighted: labelScorer((y, predicted, options) => f1(y, predicted, { ...options, average: 'weighted' }), {
    name: 'f1Weighted',
  }),
  matthewsCorrcoef: labelScorer(matthewsCorrcoef, { name: 'matthewsCorrcoef' }),
  cohenKappa: labelScorer(cohenKappa, { name: 'cohenKappa' }),
} as const satisfies Readonly<Record<string, Scorer>>;

/** The name of a ready scorer. */
export type ScorerName = keyof typeof scorers;

function requireColumnPerClass({ classes }: Labels, probabilities: readonly ArrayLike<number>[]): void {
  if (probabilities.length === classes.length) return;
  throw new ChurnError(
    'invalid-data',
    `expected probabilities of each of the ${classes.length} classes (${classes.slice(0, 10).map(String).join(', ')}), ` +
      `got ${probabilities.length}; score Labels with all classes of the model`,
  );
}

function likeliestLabels({ classes, length }: Labels, probabilities: readonly ArrayLike<number>[]): Labels {
  probabilities.forEach((column, code) => {
    if (column.length !== length) {
      throw new ChurnError(
        'invalid-data',
        `expected ${length} probabilities of class ${JSON.stringify(classes[code])}, one for each label, got ${column.length}`,
      );
    }
    for (let row = 0; row < length; row++) {
      if (Number.isNaN(column[row]))
        throw new ChurnError('invalid-data', `the score of row ${row} is not a number`);
    }
  });
  // One row of each class, taken as often as it was predicted.
  return Labels.from(classes, classes).take(likeliestCodes(probabilities));
}
