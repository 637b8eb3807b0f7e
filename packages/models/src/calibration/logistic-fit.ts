import { exp, log, log1p } from '@churn/core';
import { sigmoid } from '../linear/logistic-loss.js';

const MAX_STEPS = 100;

/** Log-odds as a linear function of a few features. */
export interface LogisticFit {
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** The loss at these coefficients. */
  readonly loss: number;
}

/** The target probability and the weight of each row. */
export interface SoftTargets {
  readonly targets: Float64Array;
  /** The constant probability that fits all rows best. */
  readonly prior: number;
}

/**
 * Platt's targets for two classes, which keep fitted probabilities away from 0 and 1: `(n1 + 1) / (n1 + 2)` for a positive row and `1 / (n0
 * + 2)` for another, with `n1` and `n0` the weights of these rows (Platt, "Probabilistic outputs for support vector machines", 1999).
 */
export function softTargets(isPositive: ArrayLike<number>, weights?: ArrayLike<number>): SoftTargets {
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < isPositive.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (isPositive[i] === 1) positives += weight;
    else negatives += weight;
  }
  const ofPositive = (positives + 1) / (positives + 2);
  const ofNegative = 1 / (negatives + 2);
  return {
    targets: Float64Array.from(isPositive, (positive) => (positive === 1 ? ofPositive : ofNegative)),
    prior: (positives + 1) / (positives + negatives + 2),
  };
}

/**
 * The logistic regression of targets between 0 and 1 on a few columns, without a penalty: it minimises
 * `-Σ w_i (t_i log p_i + (1 - t_i) log(1 - p_i))` by Newton steps that are halved until the loss falls (Lin, Lin and Weng, "A note on
 * Platt's probabilistic outputs for support vector machines", 2007).
 *
 * @param columns finite numbers a row, best of about the size of 1.
 */
export function logisticFit(
  columns: readonly Float64Array[],
  { targets, prior }: SoftTargets,
  weights?: ArrayLike<number>,
): LogisticFit {
  const n = targets.length;
  const nColumns = columns.length;
  const rawOf = (at: Float64Array, i: number) => {
    let sum = at[nColumns];
    for (let j = 0; j < nColumns; j++) sum += at[j] * columns[j][i];
    return sum;
  };
  const loss = (at: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const raw = rawOf(at, i);
      const rowLoss = Math.max(raw, 0) - targets[i] * raw + log1p(exp(-Math.abs(raw)));
      sum += weights ? weights[i] * rowLoss : rowLoss;
    }
    return sum;
  };
  const values = new Float64Array(nColumns + 1);
  let at = new Float64Array(nColumns + 1);
  at[nColumns] = log(prior / (1 - prior));
  let current = loss(at);
  for (let step = 0; step < MAX_STEPS; step++) {
    const gradient = new Float64Array(nColumns + 1);
    const hessian = Array.from(gradient, () => new Float64Array(nColumns + 1));
    for (let i = 0; i < n; i++) {
      const weight = weights ? weights[i] : 1;
      for (let j = 0; j < nColumns; j++) values[j] = columns[j][i];
      values[nColumns] = 1;
      const p = sigmoid(rawOf(at, i));
      const excess = weight * (p - targets[i]);
      const curvature = weight * p * (1 - p);
      for (let j = 0; j <= nColumns; j++) {
        gradient[j] += excess * values[j];
        for (let k = 0; k <= j; k++) hessian[j][k] += curvature * values[j] * values[k];
      }
    }
    const direction = newtonStep(hessian, gradient);
    if (!direction) break;
    const decrease = -direction.reduce((sum, each, j) => sum + each * gradient[j], 0);
    const moved = (size: number) => at.map((value, j) => value + size * direction[j]);
    if (!(decrease > 1e-16 * (current + 1))) {
      // The last step no longer changes the loss, but still improves the coefficients.
      at = moved(1);
      break;
    }
    let size = 1;
    let next = loss(moved(size));
    while (!(next <= current - 1e-4 * size * decrease) && size > 1e-10) {
      size /= 2;
      next = loss(moved(size));
    }
    if (!(next < current)) break;
    at = moved(size);
    current = next;
  }
  return { coefficients: Array.from(at.subarray(0, nColumns)), intercept: at[nColumns], loss: current };
}

/** `-H⁻¹ g` by the Cholesky decomposition of the lower half of `hessian`; `undefined` if it is not positive definite. */
function newtonStep(hessian: readonly Float64Array[], gradient: Float64Array): Float64Array | undefined {
  const size = gradient.length;
  // Keeps the step defined if columns are constant or equal.
  const ridge = 1e-12 * hessian.reduce((sum, row, j) => sum + row[j], 0);
  const lower = hessian.map((row) => row.slice());
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = lower[j][k] + (j === k ? ridge : 0);
      for (let l = 0; l < k; l++) sum -= lower[j][l] * lower[k][l];
      if (j === k && !(sum > 0)) return undefined;
      lower[j][k] = j === k ? Math.sqrt(sum) : sum / lower[k][k];
    }
  }
  const step = gradient.map((value) => -value);
  for (let j = 0; j < size; j++) {
    for (let l = 0; l < j; l++) step[j] -= lower[j][l] * step[l];
    step[j] /= lower[j][j];
  }
  for (let j = size - 1; j >= 0; j--) {
    for (let l = j + 1; l < size; l++) step[j] -= lower[l][j] * step[l];
    step[j] /= lower[j][j];
  }
  return step;
}
