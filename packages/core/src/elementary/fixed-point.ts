/**
 * Numbers as whole multiples of 2^-120: sums and products of these are the same on every engine, and far finer than those of ordinary
 * numbers, but a thousand times slower. They serve for tables and for rare computations.
 */
const PLACES = 120n;
const ONE = 1n << PLACES;

/** `ln(p / q)` of positive integers, by the series `2 artanh((p - q) / (p + q))`; few terms if they are close. */
export function fixedLog(p: bigint, q: bigint): bigint {
  const ratio = fixedQuotient(p - q, p + q);
  const square = fixedProduct(ratio, ratio);
  let total = 0n;
  let power = 2n * ratio;
  for (let n = 1n; power !== 0n; n += 2n) {
    total += power / n;
    power = fixedProduct(power, square);
  }
  return total;
}

/** `e^x`, by its Taylor series; few terms for a small x. */
export function fixedExp(x: bigint): bigint {
  let term = ONE;
  let total = ONE;
  for (let n = 1n; term !== 0n; n++) {
    term = fixedProduct(term, x) / n;
    total += term;
  }
  return total;
}

export function fixedProduct(a: bigint, b: bigint): bigint {
  return (a * b) / ONE;
}

export function fixedQuotient(a: bigint, b: bigint): bigint {
  return (a * ONE) / b;
}

/** The nearest number. */
export function toNumber(x: bigint): number {
  return Number(x) / Number(ONE);
}

/** The sum of two numbers, of which `hi` is a multiple of 2^-bits: sums of such numbers are exact, and products with short ones. */
export function split(x: bigint, bits: bigint): [hi: number, lo: number] {
  const unit = 1n << (PLACES - bits);
  const hi = ((x + unit / 2n) / unit) * unit;
  return [toNumber(hi), toNumber(x - hi)];
}
