import { type LabelsLike, square } from '@churn/core';
import { compare } from './comparison.js';
import { type MetricOptions, readMetricOptions } from './metric.js';

/**
 * The Matthews correlation coefficient, from -1 to 1, for two or more classes: the covariance of the true and predicted classes over the
 * root of the product of their variances (Gorodkin, 2004). 0 if one of them is constant.
 *
 * @throws as `confusionMatrix`.
 */
export function matthewsCorrcoef(yTrue: LabelsLike, yPredicted: LabelsLike, options?: MetricOptions): number {
  const { actual, predicted, right, total } = compare(yTrue, yPredicted, readMetricOptions(options));
  let hits = 0;
  let both = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (let code = 0; code < right.length; code++) {
    hits += right[code];
    both += actual[code] * predicted[code];
    actualSquares += square(actual[code]);
    predictedSquares += square(predicted[code]);
  }
  const variances = (square(total) - actualSquares) * (square(total) - predictedSquares);
  return variances > 0 ? (hits * total - both) / Math.sqrt(variances) : 0;
}
