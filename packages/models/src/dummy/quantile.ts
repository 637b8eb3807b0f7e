/**
 * The quantile `q` of values, at least one.
 *
 * Without weights it lies between the two values about rank `q (n - 1)`, as numpy's `percentile` has it; with weights it is the least
 * value that, with those below it, has a share `q` of the weight, as scikit-learn's `DummyRegressor` has it.
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
  // Above 0, so that values without weight do not count as the least.
  const wanted = q * sum || Number.MIN_VALUE;
  const at = cumulative.findIndex((reached) => reached >= wanted);
  return values[order[at < 0 ? order.length - 1 : at]];
}
