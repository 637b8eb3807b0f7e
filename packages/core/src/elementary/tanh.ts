import { expm1 } from './exp.js';

/** The hyperbolic tangent, the same on every engine. The error is below 2 units in the last place. */
export function tanh(x: number): number {
  // Beyond it 1 is the nearest number.
  if (x > 20) return 1;
  if (x < -20) return -1;
  const grown = expm1(2 * Math.abs(x));
  const size = grown / (grown + 2);
  return x < 0 ? -size : x > 0 ? size : x;
}
