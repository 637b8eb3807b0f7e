import { booleanParameter, type LabelsLike, type OptionsOf, readOptions, sampleWeights } from '@churn/core';
import { classProbabilities } from './class-probabilities.js';
import { metricParameters, type Scores } from './metric.js';

const parameters = {
  ...metricParameters,
  /** Whether to halve the score, which brings it into 0 to 1. Default: for two classes. */
  scaleByHalf: booleanParameter(),
};

export type BrierScoreOptions = OptionsOf<typeof parameters>;

/**
 * The Brier score: the mean over the rows of `sum((p_k - t_k)^2)` over the classes, with `p_k` the probability of class `k`
 * and `t_k` 1 for the true class and 0 for others. For two classes it is halved, which leaves `(p - t)^2` of the positive
 * class (Brier, 1950). Lower is better.
 *
 * @param probabilities of the positive class, or one array per class.
 * @throws as `logLoss`.
 */
export function brierScore(yTrue: LabelsLike, probabilities: Scores, options?: BrierScoreOptions): number {
  const { labels, columns } = classProbabilities(yTrue, probabilities);
  const { sampleWeight, scaleByHalf = columns.length === 2 } = readOptions(parameters, options);
  const weights = sampleWeights({ sampleWeight }, labels.length);
  let score = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    for (let code = 0; code < columns.length; code++) {
      const error = columns[code][row] - (labels.codes[row] === code ? 1 : 0);
      score += weight * error * error;
    }
    total += weight;
  }
  return score / (scaleByHalf ? 2 * total : total);
}
