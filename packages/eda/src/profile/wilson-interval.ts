/** The 0.975 quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95% interval of a share, `successes` out of `n`: `(p + z²/2n ± z sqrt(p (1 - p) / n + z²/4n²)) / (1 + z²/n)`
 * (Wilson, "Probable inference, the law of succession, and statistical inference", 1927).
 *
 * @returns the bounds, from 0 to 1; both of them for `n` of 0.
 */
export function wilsonInterval(successes: number, n: number): [low: number, high: number] {
  if (n === 0) return [0, 1];
  const share = successes / n;
  const square = (Z * Z) / n;
  const center = share + square / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  // At either end the bound is the end itself, up to rounding.
  const low = successes === 0 ? 0 : (center - reach) / (1 + square);
  const high = successes === n ? 1 : (center + reach) / (1 + square);
  return [low, high];
}
