import { exp } from '@churn/core';
import { sigmoid } from './linear/logistic-loss.js';

/**
 * The probability of each class from raw scores: the sigmoid of one score, the log-odds of the second of two classes; or the softmax of
 * several, one per class. A score of minus infinity gives 0.
 */
export function classProbabilities(scores: readonly Float64Array[]): Float64Array[] {
  if (scores.length === 1) {
    const [logOdds] = scores;
    return [logOdds.map((score) => sigmoid(-score)), logOdds.map(sigmoid)];
  }
  const probabilities = scores.map(({ length }) => new Float64Array(length));
  for (let row = 0; row < scores[0].length; row++) {
    let largest = -Infinity;
    for (let k = 0; k < scores.length; k++) largest = Math.max(largest, scores[k][row]);
    let total = 0;
    for (let k = 0; k < scores.length; k++) {
      const size = exp(scores[k][row] - largest);
      probabilities[k][row] = size;
      total += size;
    }
    for (let k = 0; k < scores.length; k++) probabilities[k][row] /= total;
  }
  return probabilities;
}
