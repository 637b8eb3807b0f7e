/**
 * P-values corrected for multiple tests: the smallest is multiplied by their number, the next by one less, and so on, and none is less than
 * the one before it (S. Holm, "A simple sequentially rejective multiple test procedure", 1979). The probability that any true hypothesis gets
 * a p-value of at most `alpha` is then at most `alpha`, whatever the dependence of the tests.
 */
export function holm(pValues: readonly number[]): number[] {
  const corrected = new Array<number>(pValues.length);
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[a] - pValues[b]);
  let max = 0;
  order.forEach((i, rank) => {
    max = Math.max(max, Math.min(1, (pValues.length - rank) * pValues[i]));
    corrected[i] = max;
  });
  return corrected;
}
