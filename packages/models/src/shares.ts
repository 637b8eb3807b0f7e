/** The tolerance for rounding errors of a sum of shares. */
const TOLERANCE = 1e-9;

/** Whether the numbers from `start` to `end` are shares: none is negative, and they sum to 1 within rounding. */
export function areShares(values: ArrayLike<number>, start = 0, end = values.length): boolean {
  let sum = 0;
  let least = 0;
  for (let i = start; i < end; i++) {
    sum += values[i];
    least = Math.min(least, values[i]);
  }
  return least >= -TOLERANCE && Math.abs(sum - 1) <= TOLERANCE;
}
