import { nextBelow } from '@churn/core';

const singles = new Float32Array(1);
const singleBits = new Int32Array(singles.buffer);

/**
 * The largest double that is at most `threshold` after both are rounded to single precision, so that `x <= upTo(threshold)` in doubles is
 * equivalent to `x <= threshold` in single precision, as in CatBoost and ONNX. Halfway between two single-precision numbers, the one with
 * last bit 0 is chosen (IEEE 754).
 */
export function upTo(threshold: number): number {
  const here = Math.fround(threshold);
  const after = nextSingle(here, 1);
  // The successor of the largest single-precision number is the next power of two, which overflows.
  const middle = here / 2 + (after === Infinity ? TOO_LARGE : after) / 2;
  return Math.fround(middle) <= here ? middle : nextBelow(middle);
}

/** The same for `x < threshold`, as in XGBoost. */
export function below(threshold: number): number {
  return upTo(nextSingle(Math.fround(threshold), -1));
}

/** The smallest single-precision number above `threshold`: for such numbers, `x < over(threshold)` is equivalent to `x <= threshold`. */
export function over(threshold: number): number {
  const here = Math.fround(threshold);
  return here > threshold ? here : nextSingle(here, 1);
}

/** 2^128. */
const TOO_LARGE = 3.402823669209385e38;

function nextSingle(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * SMALLEST;
  singles[0] = value;
  singleBits[0] += value > 0 ? direction : -direction;
  return singles[0];
}

/** 2^-149. */
const SMALLEST = 1.401298464324817e-45;
