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
import { decisionOf } from '../model/decision.js';

/**
 * How well a model does on rows that it has not seen. Accuracy, precision, recall and F1 are those of its calls; of two classes, the
 * last three are about the second, and of more, they, ROC AUC and average precision are means over the classes.
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
  /** An array a class. */
  readonly probabilities: readonly Float64Array[];
  readonly predicted: Labels;
}

/** Scores a model on labelled rows. */
export function evaluate(
  model: FittedClassifier,
  x: Table,
  y: Labels,
  { seed }: { readonly seed: number },
): Evaluation {
  const probabilities = model.predictProba(x);
  const predicted = Labels.from(y.classes, y.classes).take(decisionOf(model)(probabilities));
  const average = y.classes.length === 2 ? 'binary' : 'macro';
  return {
    metrics: {
      ...rocAucOf(y, probabilities, seed),
      averagePrecision: averagePrecision(y, rankingOf(probabilities)),
      logLoss: logLoss(y, probabilities),
      brierScore: brierScore(y, probabilities),
      accuracy: accuracy(y, predicted),
      ...precisionRecallF1(y, predicted, { average }),
    },
    probabilities,
    predicted,
  };
}

/** What metrics of a ranking read: of two classes the probabilities of the second, of more those of all. */
export function rankingOf(probabilities: readonly Float64Array[]): Float64Array | readonly Float64Array[] {
  return probabilities.length === 2 ? probabilities[1] : probabilities;
}

function rocAucOf(y: Labels, probabilities: readonly Float64Array[], seed: number) {
  // A class may be so rare that plain resamples often lack it.
  const options = { seed, stratified: probabilities.length > 2 };
  const { estimate, low, high } = bootstrapInterval(rocAuc, y, rankingOf(probabilities), options);
  return { rocAuc: estimate, rocAucInterval: [low, high] as const };
}
