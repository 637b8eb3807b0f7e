/**
 * The quantile `q` of values with weights, at least one of them above 0: the mean of the smallest value at which the cumulative weight
 * reaches the share `q` and the smallest at which it exceeds it (Hyndman and Fan, "Sample quantiles in statistical packages", 1996,
 * definition 2), so a value of weight 2 counts as two. wasm/boosting/weighted-quantile.ts computes the same.
 */
export function weightedQuantile(values: ArrayLike<number>, q: number, weights: Float64Array): number {
  const order = Array.from(weights.keys())
    .filter((row) => weights[row] > 0)
    .sort((a, b) => values[a] - values[b]);
  const wanted = q * order.reduce((sum, row) => sum + weights[row], 0);
  let reached = 0;
  for (let i = 0; i < order.length; i++) {
    reached += weights[order[i]];
    if (reached > wanted || i === order.length - 1) return values[order[i]];
    if (reached === wanted) return 0.5 * values[order[i]] + 0.5 * values[order[i + 1]];
  }
  return Number.NaN;
}
