import { binaryExponent } from './binary-exponent.js';
import { fixedExp, fixedLog, fixedQuotient, toNumber } from './fixed-point.js';
import { powerOfTwo } from './powers-of-two.js';

/**
 * `base^exponent` of a base from 0, the nearest number on every engine (of subnormal results one of the two nearest). `NaN` for a
 * base below 0, whatever the exponent.
 *
 * Computed with 120 places, so it takes microseconds: of whole exponents, products are faster.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (!(base >= 0) || Number.isNaN(exponent)) return NaN;
  const grows = base > 1 === exponent > 0;
  if (base === 0 || base === Infinity || Math.abs(exponent) === Infinity) return grows ? Infinity : 0;
  const logarithm = fixedLogOf(base);
  const k = binaryExponent(Math.abs(exponent)) - 52;
  const product = logarithm * wholeMultiple(exponent, k);
  const power = k < 0 ? product / (1n << BigInt(-k)) : product << BigInt(k);
  const ln2 = fixedLog(2n, 1n);
  const octaves = Number(power / ln2);
  if (octaves > 1025) return Infinity;
  if (octaves < -1100) return 0;
  // In two steps, as the power of two alone may be no number.
  const half = octaves >> 1;
  return toNumber(fixedExp(power % ln2)) * powerOfTwo(half) * powerOfTwo(octaves - half);
}

/** The logarithm to base 2 of a positive number, the nearest number on every engine. It takes microseconds. */
export function log2(x: number): number {
  return toNumber(fixedQuotient(fixedLogOf(x), fixedLog(2n, 1n)));
}

/** The logarithm to base 10 of a positive number, the nearest number on every engine. It takes microseconds. */
export function log10(x: number): number {
  return toNumber(fixedQuotient(fixedLogOf(x), fixedLog(10n, 1n)));
}

/** The natural logarithm of a positive number. */
function fixedLogOf(x: number): bigint {
  const k = binaryExponent(x);
  return fixedLog(wholeMultiple(x, k - 52), 1n << 52n) + BigInt(k) * fixedLog(2n, 1n);
}

/** `x / 2^k`, which is an integer. */
function wholeMultiple(x: number, k: number): bigint {
  const half = k >> 1;
  return BigInt(x / powerOfTwo(half) / powerOfTwo(k - half));
}
