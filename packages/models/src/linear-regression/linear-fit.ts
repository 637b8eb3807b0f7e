import { dot } from '../linear/weighted-gram.js';
import type { CentredRows } from './centred-rows.js';
import { FittedLinearRegressor, type LinearLink } from './fitted-linear-regressor.js';

/** The result of a fit. */
export interface LinearFit {
  readonly coefficients: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** The score of a row of means; by default the mean of the target, as with least squares. */
  readonly offset?: number;
  readonly link?: LinearLink;
}

/** The fitted model for a result on centred rows. */
export function fittedLinear(type: string, rows: CentredRows, fit: LinearFit): FittedLinearRegressor {
  const { coefficients, iterations, converged, link = 'identity' } = fit;
  const { features, means, deviations, yMean, fitIntercept } = rows;
  const offset = fit.offset ?? yMean;
  return new FittedLinearRegressor(type, {
    features,
    coefficients: Array.from(coefficients),
    intercept: fitIntercept ? offset - dot(coefficients, Float64Array.from(means)) : 0,
    link,
    means,
    deviations,
    iterations,
    converged,
  });
}
