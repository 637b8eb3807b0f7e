import { fixedExp, fixedLog, fixedProduct, split } from './fixed-point.js';
import { powerOfTwo } from './powers-of-two.js';

// Constants are inside the functions, where engines know that they never change.

/** `2^(j / 128)`, the sum of the numbers at 2j and 2j + 1. */
const ROOTS = /* @__PURE__ */ roots();

function roots(): Float64Array {
  const root = fixedExp(fixedLog(2n, 1n) / 128n);
  let power = fixedExp(0n);
  const table = new Float64Array(256);
  for (let j = 0; j < 128; j++) {
    table.set(split(power, 52n), 2 * j);
    power = fixedProduct(power, root);
  }
  return table;
}

/**
 * `e^x`, the same on every engine. The error is below 0.51 units in the last place, and below 0.76 of a subnormal result.
 *
 * With `x = (128 e + j) ln 2 / 128 + r` it is `2^e 2^(j / 128) e^r`: a power of two, a number from a table, and few terms of a
 * Taylor series (after P. T. P. Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic", ACM
 * Transactions on Mathematical Software 15, 1989).
 */
export function exp(x: number): number {
  if (!(x > -708 && x < 709)) return +farExp(x);
  return scaledExp(x, 0);
}

function farExp(x: number): number {
  // Infinite from 710, and less than half the smallest number below -746. Between these the power of two alone may be no number.
  if (x > 0) return x < 710 ? scaledExp(x, 1) * 2 : Infinity;
  return x > -746 ? scaledExp(x, -100) * 2 ** -100 : x < 0 ? 0 : NaN;
}

/** `e^x / 2^exponent`. */
function scaledExp(x: number, exponent: number): number {
  const k = nearestStep(x);
  const p = smallExpm1(remainder(x, k));
  const j = (k & 127) << 1;
  return (ROOTS[j] + (ROOTS[j + 1] + ROOTS[j] * p)) * powerOfTwo((k >> 7) - exponent);
}

/**
 * `e^x - 1`, exact to the last digits for x near 0 too; the same on every engine. The error is below 0.6 units in the last place.
 */
export function expm1(x: number): number {
  // 0 keeps its sign.
  if (x < 0.125 && x > -0.125) return x === 0 ? x : nearExpm1(x);
  // The plus tells the engine that this is a number, so it need not be allocated.
  if (!(x > -38 && x < 38)) return +farExpm1(x);
  const k = nearestStep(x);
  const p = smallExpm1(remainder(x, k));
  const j = (k & 127) << 1;
  const scale = powerOfTwo(k >> 7);
  const power = ROOTS[j] * scale;
  const rest = (ROOTS[j + 1] + ROOTS[j] * p) * scale;
  const less = power - 1;
  // The rounding error of the difference.
  const lost = power < 1 ? power - (less + 1) : power - less - 1;
  return less + (rest + lost);
}

function farExpm1(x: number): number {
  // Far from 0, 1 is less than half a unit in the last place.
  return x > 0 ? exp(x) : x < 0 ? -1 : NaN;
}

/** How many times ln 2 / 128 goes into x, to the nearest integer. */
function nearestStep(x: number): number {
  // A sum with this number has no room for a fraction.
  const rounder = 1.5 * 2 ** 52;
  return (x * 184.6649652337873 + rounder - rounder) | 0;
}

/** `x - k ln 2 / 128`. The first part of the divisor is so short that its products with k are exact. */
function remainder(x: number, k: number): number {
  return x - k * 0.0054152123482253955 + k * 1.0082281460997769e-13;
}

/** `e^r - 1` for `|r| < 0.003`. */
function smallExpm1(r: number): number {
  return r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
}

/** `e^x - 1` for `|x| < 1/8`. */
function nearExpm1(x: number): number {
  const square = x * x;
  const odd =
    1 / 6 + square * (1 / 120 + square * (1 / 5040 + square * (1 / 362880 + square * (1 / 39916800))));
  const even =
    1 / 24 + square * (1 / 720 + square * (1 / 40320 + square * (1 / 3628800 + square * (1 / 479001600))));
  return x + square * (1 / 2 + x * (odd + x * even));
}
