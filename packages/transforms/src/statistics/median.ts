/** The middle one of the sorted values; for an even number, the mean of the middle two. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  const sum = low + high;
  // The sum of two huge values overflows, their mean does not.
  return Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2;
}
