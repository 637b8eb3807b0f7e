import { nextBelow } from '@churn/core';

const singles = new Float32Array(1);
const singleBits = new Int32Array(singles.buffer);

/**
 * The largest double that is at most `threshold` once both are rounded to 32 bits: with it, `x <= upTo(threshold)` of doubles is what
 * `x <= threshold` is where numbers have 32 bits, as in CatBoost and ONNX. Halfway between two numbers of 32 bits, the one whose last
 * bit is 0 is the nearest (IEEE 754).
 */
export function upTo(threshold: number): number {
  const here = Math.fround(threshold);
  const after = nextSingle(here, 1);
  // After the largest number of 32 bits comes the power of two that has no room.
  const middle = here / 2 + (after === Infinity ? TOO_LARGE : after) / 2;
  return Math.fround(middle) <= here ? middle : nextBelow(middle);
}

/** The same for `x < threshold`, as XGBoost compares. */
export function below(threshold: number): number {
  return upTo(nextSingle(Math.fround(threshold), -1));
}

/** The smallest number of 32 bits that no `x` with `x <= threshold` reaches: `x < over(threshold)` says the same of such numbers. */
export function over(threshold: number): number {
  const here = Math.fround(threshold);
  return here > threshold ? here : nextSingle(here, 1);
}

/** 2 to the power of 128. */
const TOO_LARGE = 3.402823669209385e38;

function nextSingle(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * SMALLEST;
  singles[0] = value;
  singleBits[0] += value > 0 ? direction : -direction;
  return singles[0];
}

/** 2 to the power of -149. */
const SMALLEST = 1.401298464324817e-45;
