import { logOfSum } from './log.js';

/** `ln(1 + x)`, exact to the last digits for x near 0 too; the same on every engine. The error is below 0.52 units in the last place. */
export function log1p(x: number): number {
  const sum = 1 + x;
  // The plus tells the engine that this is a number, so it need not be allocated.
  if (!(sum > 0 && sum < Infinity)) return +farLog1p(x);
  // So small that it is its own logarithm.
  if (sum === 1) return x;
  // The tail is the rounding error of the sum.
  return logOfSum(sum, x < 1 ? x - (sum - 1) : 1 - (sum - x));
}

function farLog1p(x: number): number {
  return x === -1 ? -Infinity : x === Infinity ? x : NaN;
}
