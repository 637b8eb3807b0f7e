import { log } from './log.js';

/** From here on the series is exact to the last digits. */
const LARGE = 16;

/**
 * The logarithm of the gamma function of a number above 0, by Stirling's series and, below 16, `Γ(x) = Γ(x + 1) / x` (NIST Digital Library
 * of Mathematical Functions, 5.11.1 and 5.5.1).
 */
export function logGamma(x: number): number {
  let [at, product] = [x, 1];
  while (at < LARGE) product *= at++;
  const inverse = 1 / (at * at);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at;
  return (at - 0.5) * log(at) - at + log(2 * Math.PI) / 2 + series - log(product);
}
