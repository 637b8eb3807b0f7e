/**
 * The quantile `q` of values, at least one.
 *
 * Without weights, it is interpolated between the two values around rank `q (n - 1)`, like numpy's `percentile`; with weights, it is the
 * smallest value at which the cumulative weight reaches the share `q`, like scikit-learn's `DummyRegressor`.
 *
 * @param weights from 0, one a value, not all of them 0.
 */
export function quantile(values: Float64Array, q: number, weights?: Float64Array): number {
  if (!weights) {
    const sorted = values.slice().sort();
    const rank = q * (sorted.length - 1);
    const below = sorted[Math.floor(rank)];
    const above = sorted[Math.ceil(rank)];
    const share = rank - Math.floor(rank);
    return below * (1 - share) + above * share;
  }
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const cumulative = new Float64Array(order.length);
  let sum = 0;
  order.forEach((row, i) => {
    sum += weights[row];
    cumulative[i] = sum;
  });
  // Above 0, so that values of weight 0 are skipped.
  const wanted = q * sum || Number.MIN_VALUE;
  const at = cumulative.findIndex((reached) => reached >= wanted);
  return values[order[at < 0 ? order.length - 1 : at]];
}
