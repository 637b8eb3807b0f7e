/**
 * P-values corrected for being many: the smallest is multiplied by their number, the next by one less, and so on, and none is less than the
 * one before it (S. Holm, "A simple sequentially rejective multiple test procedure", 1979). The chance that any of those of true
 * hypotheses is at most `alpha` is then at most `alpha`, however they depend on each other.
 */
export function holm(pValues: readonly number[]): number[] {
  const corrected = new Array<number>(pValues.length);
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[a] - pValues[b]);
  let greatest = 0;
  order.forEach((i, rank) => {
    greatest = Math.max(greatest, Math.min(1, (pValues.length - rank) * pValues[i]));
    corrected[i] = greatest;
  });
  return corrected;
}
