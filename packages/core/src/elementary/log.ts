import { fixedLog, split } from './fixed-point.js';
import { powerOfTwo } from './powers-of-two.js';

// Constants are inside the functions, where engines know that they never change.

/** For each of 256 intervals a number c of ten places, near the inverse of its middle, and -ln c as the sum of two numbers. */
const TABLE = /* @__PURE__ */ table();
/** A number as its bits. */
const BITS = /* @__PURE__ */ new DataView(new ArrayBuffer(8));

function table(): Float64Array {
  const all = new Float64Array(4 * 256);
  let logarithm = 0n;
  let before = 1024;
  for (let i = 0; i < 256; i++) {
    // From 0.707 to 1.414; the intervals below 1 are half as long.
    const place = 1.4140625 + (i + 0.5) / 256;
    const c = Math.round(1024 / (place < 2 ? place / 2 : place - 1));
    // From one to the next, as fewer terms do for what is close.
    logarithm += fixedLog(BigInt(c), BigInt(before));
    before = c;
    all[4 * i] = c / 1024;
    all.set(split(-logarithm, 42n), 4 * i + 1);
  }
  return all;
}

/**
 * The natural logarithm, the same on every engine. The error is below 0.52 units in the last place.
 *
 * With `x = 2^k m` and c near `1 / m` it is `k ln 2 - ln c + ln(1 + r)`, where `r = c m - 1` is exact as the sum of two numbers: two
 * numbers from tables, and few terms of a Taylor series (after P. T. P. Tang, "Table-driven implementation of the logarithm
 * function in IEEE floating-point arithmetic", ACM Transactions on Mathematical Software 16, 1990).
 */
export function log(x: number): number {
  // The plus tells the engine that this is a number, so it need not be allocated.
  if (!(x >= 2 ** -1022 && x < Infinity)) return +farLog(x);
  return logOfSum(x, 0);
}

function farLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  // A subnormal number is scaled by 2^122, whose logarithm this is but for a two-thousandth of a unit in the last place of the difference.
  return x === Infinity ? x : logOfSum(x * 2 ** 122, 0) - 84.56395602831333;
}

/** `ln(x + tail)` of a finite x that is not subnormal, where `tail` is at most half a unit in its last place. */
export function logOfSum(x: number, tail: number): number {
  const near = x - 1 + tail;
  if (near < 2 ** -8 && near > -(2 ** -8)) return near - near * near * series(near);
  BITS.setFloat64(0, x);
  // From the upper half of 0.707, where the first interval begins.
  const upper = BITS.getInt32(0) - 0x3fe6a000;
  const whole = upper >> 20;
  const at = (upper >> 10) & 0x3fc;
  // Not -whole, which makes -0 of 0, and so a floating-point number of the index.
  const scale = powerOfTwo(0 - whole);
  const m = x * scale;
  const c = TABLE[at];
  // Rounded to 32 places, by a sum that has no room for more: its product with c is exact, and so are all sums of the first parts.
  const rounder = 1.5 * 2 ** 20;
  const short = m + rounder - rounder;
  const r = short * c - 1;
  const rest = (m - short + tail * scale) * c;
  const sum = r + rest;
  const ln2 = 0.6931471805598903;
  const restOfLn2 = 5.497923018708371e-14;
  return (
    whole * ln2 + TABLE[at + 1] + r + (whole * restOfLn2 + TABLE[at + 2] + (rest - sum * sum * series(sum)))
  );
}

/** `(r - ln(1 + r)) / r²` for `|r| < 2^-8`. */
function series(r: number): number {
  const square = r * r;
  return 1 / 2 - r * (1 / 3) + square * (1 / 4 - r * (1 / 5) + square * (1 / 6 - r * (1 / 7)));
}
