import { exp } from './elementary/exp.js';
import { log } from './elementary/log.js';

/**
 * The standard normal distribution function: the probability of a value up to `z`.
 *
 * Computed by the series 26.2.11 of Abramowitz and Stegun near 0, and by their continued fraction 26.2.14 of the tail far from it, so
 * that small probabilities keep their digits.
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const density = exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let k = 3; term > sum * Number.EPSILON; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return z < 0 ? 0.5 - density * sum : 0.5 + density * sum;
  }
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / fraction;
  const tail = density / fraction;
  return z < 0 ? tail : 1 - tail;
}

/**
 * The value up to which the standard normal distribution has the probability `p`: the inverse of `normalCdf`, to about
 * 1e-16 relative. `-Infinity` for 0 and `Infinity` for 1.
 *
 * Algorithm AS 241, PPND16: M. J. Wichura, "The percentage points of the normal distribution", Applied Statistics 37, 1988.
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  const q = p - 0.5;
  const { central, middle, tail } = NORMAL_QUANTILE_RATIOS;
  if (Math.abs(q) <= 0.425) return q * ratio(central, 0.180625 - q * q);
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const value = r <= 5 ? ratio(middle, r - 1.6) : ratio(tail, r - 5);
  return q < 0 ? -value : value;
}

/** A ratio of two polynomials, given by their coefficients from the lowest power up. */
export interface PolynomialRatio {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

const CENTRAL: PolynomialRatio = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};

const MIDDLE: PolynomialRatio = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

const TAIL: PolynomialRatio = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

function ratio({ numerator, denominator }: PolynomialRatio, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

/** A polynomial given by its coefficients from the lowest power up (Horner's method). */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

/**
 * The ratios that `normalQuantile` uses, for ports to other languages: with `q = p - 0.5`, up to `|q| = 0.425` it is
 * `q * central(0.180625 - q²)`; farther out, with `r = sqrt(-ln(min(p, 1 - p)))`, it is `middle(r - 1.6)` up to `r = 5` and `tail(r - 5)`
 * beyond, with the sign of `q`.
 */
export const NORMAL_QUANTILE_RATIOS: Readonly<Record<'central' | 'middle' | 'tail', PolynomialRatio>> = {
  central: CENTRAL,
  middle: MIDDLE,
  tail: TAIL,
};
