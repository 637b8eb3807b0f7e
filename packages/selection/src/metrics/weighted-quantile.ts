/**
 * The smallest value that, with those below it, has a share `q` of the weight; if it has exactly that share, midway to the next value of
 * weight (Hyndman and Fan, 1996, type 2).
 *
 * @param weights from 0, one per value, not all of them 0.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array, q: number): number {
  const order = Int32Array.from(values.keys())
    .filter((row) => weights[row] > 0)
    .sort((a, b) => values[a] - values[b]);
  let total = 0;
  for (const row of order) total += weights[row];
  const wanted = q * total;
  let reached = 0;
  for (let i = 0; i < order.length - 1; i++) {
    reached += weights[order[i]];
    const value = values[order[i]];
    if (reached > 0 && reached - wanted > Number.EPSILON) return value;
    if (reached >= wanted) return (value + values[order[i + 1]]) / 2;
  }
  return values[order[order.length - 1]];
}
