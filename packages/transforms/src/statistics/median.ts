/** The middle one of the sorted values, of an even number the mean of the middle two. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  const sum = low + high;
  // Of two values near the largest number the sum is beyond it, the mean is not.
  return Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2;
}
