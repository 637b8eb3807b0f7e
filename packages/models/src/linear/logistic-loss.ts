import { exp, log1p } from '@churn/core';

/** The logistic function `1 / (1 + exp(-z))`. */
export function sigmoid(z: number): number {
  return 1 / (1 + exp(-z));
}

/** `log(1 + exp(z))`, without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + log1p(exp(-Math.abs(z)));
}

/**
 * The logistic loss `Σ log(1 + exp(z_i)) - y_i z_i`, in the form that neither overflows nor cancels.
 *
 * @param z the raw score of each row.
 * @param y the class of each row, 0 or 1.
 */
export function logisticLoss(z: Float64Array, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    sum += Math.max(z[i], 0) - y[i] * z[i] + log1p(exp(-Math.abs(z[i])));
  }
  return sum;
}
