/** The number of the fewest digits from `low` to below `high`: it divides the same values, and reads better. */
export function shortNumberBetween(low: number, high: number): number {
  for (let digits = 1; digits < 17; digits++) {
    const short = Number(low.toPrecision(digits));
    if (short >= low && short < high) return short;
    const middle = Number((low + (high - low) / 2).toPrecision(digits));
    if (middle >= low && middle < high) return middle;
  }
  return low;
}
