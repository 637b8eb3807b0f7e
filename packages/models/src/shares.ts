/** How far from 1 rounding may take a sum of shares. */
const TOLERANCE = 1e-9;

/** Whether the numbers from `start` to `end` are shares of one whole: none below 0, and all together 1, but for rounding. */
export function areShares(values: ArrayLike<number>, start = 0, end = values.length): boolean {
  let sum = 0;
  let least = 0;
  for (let i = start; i < end; i++) {
    sum += values[i];
    least = Math.min(least, values[i]);
  }
  return least >= -TOLERANCE && Math.abs(sum - 1) <= TOLERANCE;
}
