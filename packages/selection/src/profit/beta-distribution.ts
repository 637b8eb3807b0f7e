import { exp, log, log1p, logGamma } from '@churn/core';

const PRECISION = 1e-16;
const MAX_TERMS = 100_000;

/** The distribution function of Beta(alpha, beta): the regularised incomplete beta function `I_x(alpha, beta)`, `beta.cdf` of scipy. */
export function betaCdf(x: number, alpha: number, beta: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // On its own side of the mean the continued fraction converges fast.
  if (x > (alpha + 1) / (alpha + beta + 2)) return 1 - below(1 - x, beta, alpha, log1p(-x), log(x));
  return below(x, alpha, beta, log(x), log1p(-x));
}

/** The `n` quantiles of Beta(alpha, beta) in the middle of `n` equal parts of it, ascending, to 1e-9. */
export function betaQuantiles(n: number, alpha: number, beta: number): Float64Array {
  let from = 0;
  return Float64Array.from({ length: n }, (_, i) => {
    const share = (i + 0.5) / n;
    let [low, high] = [from, 1];
    while (high - low > 1e-9) {
      const middle = (low + high) / 2;
      if (betaCdf(middle, alpha, beta) < share) low = middle;
      else high = middle;
    }
    from = low;
    return (low + high) / 2;
  });
}

function below(x: number, a: number, b: number, logX: number, logRest: number): number {
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * logX + b * logRest);
  return (front * continuedFraction(x, a, b)) / a;
}

/** NIST Digital Library of Mathematical Functions, 8.17.22, by the method of W. J. Lentz (1976). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}
