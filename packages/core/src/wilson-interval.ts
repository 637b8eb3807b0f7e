import { normalQuantile } from './normal-distribution.js';

/**
 * The Wilson score interval of a proportion, `successes` out of `n`: `(p + z²/2n ± z sqrt(p (1 - p) / n + z²/4n²)) / (1 + z²/n)` (Wilson,
 * "Probable inference, the law of succession, and statistical inference", 1927).
 *
 * @param confidenceLevel the coverage of the interval, between 0 and 1. Default 0.95.
 * @returns the bounds, from 0 to 1; 0 and 1 if `n` is 0.
 */
export function wilsonInterval(
  successes: number,
  n: number,
  confidenceLevel = 0.95,
): [low: number, high: number] {
  if (n === 0) return [0, 1];
  const z = normalQuantile((1 + confidenceLevel) / 2);
  const share = successes / n;
  const square = (z * z) / n;
  const center = share + square / 2;
  const reach = z * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  // At either end the bound is exact, up to rounding.
  const low = successes === 0 ? 0 : (center - reach) / (1 + square);
  const high = successes === n ? 1 : (center + reach) / (1 + square);
  return [low, high];
}
