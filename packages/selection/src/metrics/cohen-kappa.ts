import { type LabelsLike, type OptionsOf, oneOf, readOptions, square } from '@churn/core';
import { compare } from './comparison.js';
import { metricParameters } from './metric.js';

const parameters = {
  ...metricParameters,
  /**
   * The penalty of a wrong prediction by its distance in the order of the classes: `'linear'` or `'quadratic'`. Default: all wrong
   * predictions count alike.
   */
  weights: oneOf(['linear', 'quadratic']),
};

export type CohenKappaOptions = OptionsOf<typeof parameters>;

/**
 * Cohen's kappa: 1 minus the disagreement over that of independent predictions, `1 - sum(w o) / sum(w e)` with the counts `o`, those
 * expected by chance `e` and the weight `w` of each pair of classes (Cohen, 1960 and 1968). 1 is full agreement, 0 that of chance.
 *
 * `NaN` if all rows are of one class and predicted as such.
 *
 * @throws `invalid-parameter` if `weights` is invalid; and as `confusionMatrix`.
 */
export function cohenKappa(yTrue: LabelsLike, yPredicted: LabelsLike, options?: CohenKappaOptions): number {
  const { weights, sampleWeight } = readOptions(parameters, options);
  const { classes, counts, actual, predicted, total } = compare(yTrue, yPredicted, { sampleWeight });
  const k = classes.length;
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      if (i === j) continue;
      const distance = Math.abs(i - j);
      const badness = weights === undefined ? 1 : weights === 'linear' ? distance : square(distance);
      observed += badness * counts[i * k + j];
      expected += (badness * actual[i] * predicted[j]) / total;
    }
  }
  return expected === 0 ? NaN : 1 - observed / expected;
}
