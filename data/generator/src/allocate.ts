/**
 * Shares `total` out in proportion to `weights`, in integers that add up to it, by the method of the largest remainder. Of equal
 * remainders the earlier comes first.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((_, i) => i)
    .sort((a, b) => exact[b] - counts[b] - (exact[a] - counts[a]) || a - b);
  for (const i of byRemainder.slice(0, left)) counts[i] += 1;
  return counts;
}
