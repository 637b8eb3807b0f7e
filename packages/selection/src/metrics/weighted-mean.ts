/** The mean of one number per row, each counted by its weight. */
export function weightedMean(
  values: Float64Array,
  { weights, totalWeight }: { readonly weights: Float64Array; readonly totalWeight: number },
): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * values[i];
  return sum / totalWeight;
}
