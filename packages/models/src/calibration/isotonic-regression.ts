import { ChurnError, type StateReader } from '@churn/core';

/** A non-decreasing function through the points `(x, y)`, linear in between and constant outside. */
export type IsotonicFit = {
  /** The x coordinates of the points, ascending. */
  readonly x: readonly number[];
  /** The y coordinates of the points. */
  readonly y: readonly number[];
};

/** @throws `model-file` if `state` is not that of an isotonic regression of probabilities. */
export function restoreIsotonic(state: StateReader): IsotonicFit {
  const x = state.numbers('x');
  const areRising = x.length > 0 && x.every((at, i) => i === 0 || at > x[i - 1]);
  state.expect(areRising, 'x', 'one or more ascending numbers');
  const y = state.numbers('y', { length: x.length, from: 0, to: 1 });
  state.expect(
    y.every((height, i) => i === 0 || height >= y[i - 1]),
    'y',
    'non-decreasing numbers',
  );
  return { x, y };
}

/**
 * Isotonic regression: the non-decreasing function closest to the points `(x_i, y_i)`; it minimises `Σ w_i (f(x_i) - y_i)²`.
 *
 * Points with equal `x` are merged at their weighted mean. Then decreasing neighbours are pooled at their weighted mean until none are
 * left: the pool-adjacent-violators algorithm of Ayer et al. (1955), in one pass (Best and Chakravarti, "Active set algorithms for
 * isotonic regression", 1990). As in scikit-learn's `IsotonicRegression`, points inside a constant stretch are omitted.
 *
 * @param weights the weights of the points, at least 0; default 1 each.
 * @throws `invalid-data` if `x`, `y` and weights differ in length, one is not finite, or no point has weight.
 */
export function isotonicRegression(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IsotonicFit {
  assertPoints(x, y, weights);
  const order: number[] = [];
  for (let i = 0; i < x.length; i++) if (!weights || weights[i] > 0) order.push(i);
  if (order.length === 0)
    throw new ChurnError('invalid-data', 'isotonicRegression: expected a point with weight, got none');
  order.sort((a, b) => x[a] - x[b]);

  // A pool is a run of points with the same fitted value. It keeps sums instead of a mean, so that the mean of values up to 1 is never
  // above 1.
  const starts = new Float64Array(order.length);
  const ends = new Float64Array(order.length);
  const sums = new Float64Array(order.length);
  const totals = new Float64Array(order.length);
  let nPools = 0;
  for (let i = 0; i < order.length; ) {
    const at = x[order[i]];
    let sum = 0;
    let total = 0;
    for (; i < order.length && x[order[i]] === at; i++) {
      const weight = weights ? weights[order[i]] : 1;
      sum += weight * y[order[i]];
      total += weight;
    }
    let start = at;
    while (nPools > 0 && sums[nPools - 1] / totals[nPools - 1] >= sum / total) {
      nPools--;
      start = starts[nPools];
      sum += sums[nPools];
      total += totals[nPools];
    }
    starts[nPools] = start;
    ends[nPools] = at;
    sums[nPools] = sum;
    totals[nPools] = total;
    nPools++;
  }

  const fit: { x: number[]; y: number[] } = { x: [], y: [] };
  for (let pool = 0; pool < nPools; pool++) {
    const height = sums[pool] / totals[pool];
    fit.x.push(starts[pool]);
    fit.y.push(height);
    if (ends[pool] > starts[pool]) {
      fit.x.push(ends[pool]);
      fit.y.push(height);
    }
  }
  return fit;
}

/** The function at each of `values`; `NaN` for `NaN`. */
export function isotonicValues({ x, y }: IsotonicFit, values: Float64Array): Float64Array {
  return values.map((value) => {
    // The number of points up to the value.
    let low = 0;
    let high = x.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (x[middle] <= value) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return Number.isNaN(value) ? NaN : y[0];
    if (low === x.length) return y[x.length - 1];
    // Halved first, since the difference between huge scores of opposite signs may overflow.
    const share = (value / 2 - x[low - 1] / 2) / (x[low] / 2 - x[low - 1] / 2);
    // Rounding must not raise a value above that of the next point.
    return Math.min(y[low], y[low - 1] + share * (y[low] - y[low - 1]));
  });
}

function assertPoints(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): void {
  if (y.length !== x.length || (weights && weights.length !== x.length)) {
    throw new ChurnError(
      'invalid-data',
      `isotonicRegression: ${x.length} x, but ${y.length} y and ${weights ? weights.length : 'no'} weights`,
    );
  }
  for (let i = 0; i < x.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (Number.isFinite(x[i]) && Number.isFinite(y[i]) && weight >= 0 && weight < Infinity) continue;
    throw new ChurnError(
      'invalid-data',
      `isotonicRegression, point ${i}: expected finite numbers and a weight of at least 0, got x ${x[i]}, y ${y[i]}, weight ${weight}`,
    );
  }
}
