import { type FittedClassifier, Labels, type Table } from '@churn/core';
import {
  accuracy,
  averagePrecision,
  bootstrapInterval,
  brierScore,
  logLoss,
  precisionRecallF1,
  rocAuc,
} from '@churn/selection';
import type { Decision } from './threshold.js';

/**
 * How well a model does on rows that it has not seen. Accuracy, precision, recall and F1 are those of its threshold, the last
 * three about the positive class.
 */
export type TestMetrics = {
  readonly rocAuc: number;
  /** Where 95 of 100 resamples of the test rows have it. */
  readonly rocAucInterval: readonly [low: number, high: number];
  readonly averagePrecision: number;
  readonly logLoss: number;
  readonly brierScore: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

/** A model's probabilities and calls for rows that it has not seen, and how good they are. */
export interface Evaluation {
  readonly metrics: TestMetrics;
  /** Of the positive class. */
  readonly probabilities: Float64Array;
  readonly predicted: Labels;
}

/** Scores a model on labelled rows. */
export function evaluate(
  model: FittedClassifier,
  x: Table,
  y: Labels,
  { isPositive, seed }: { readonly isPositive: Decision; readonly seed: number },
): Evaluation {
  const [, probabilities] = model.predictProba(x);
  const calls = Int32Array.from(probabilities, (each) => Number(isPositive(each)));
  const predicted = Labels.from(y.classes, y.classes).take(calls);
  const { estimate, low, high } = bootstrapInterval(rocAuc, y, probabilities, { seed });
  return {
    metrics: {
      rocAuc: estimate,
      rocAucInterval: [low, high],
      averagePrecision: averagePrecision(y, probabilities),
      logLoss: logLoss(y, probabilities),
      brierScore: brierScore(y, probabilities),
      accuracy: accuracy(y, predicted),
      ...precisionRecallF1(y, predicted),
    },
    probabilities,
    predicted,
  };
}
