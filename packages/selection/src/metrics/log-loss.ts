import { type LabelsLike, log, sampleWeights } from '@churn/core';
import { classProbabilities } from './class-probabilities.js';
import { type MetricOptions, readMetricOptions, type Scores } from './metric.js';

/**
 * The log loss, or cross-entropy: the mean of `-ln p` over the rows, with `p` the predicted probability of the true class. Lower is
 * better.
 *
 * `p` is kept 2^-52 away from 0 and 1, so that one confident mistake does not make it infinite.
 *
 * @param probabilities of the positive class, or one array per class.
 * @throws `invalid-target` if there are fewer than two classes, or more without one array per class; `invalid-data` if the probabilities
 * or weights differ in length, or a probability is outside 0 to 1.
 */
export function logLoss(yTrue: LabelsLike, probabilities: Scores, options?: MetricOptions): number {
  const { labels, columns } = classProbabilities(yTrue, probabilities);
  const weights = sampleWeights(readMetricOptions(options), labels.length);
  let loss = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    const p = columns[labels.codes[row]][row];
    loss -= weight * log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
    total += weight;
  }
  return loss / total;
}
