import { powerOfTwo } from '@churn/core';

/** 1 / 11!, 1 / 10!, …, 1: the terms of the series of the exponential, after the first. */
const TERMS = Float64Array.from(
  [39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1],
  (factorial) => 1 / factorial,
);

/** The exponential of a number clamped to the range from -700 to 700, computed like `expOf` in wasm/exponential.ts. */
export function expOf(x: number): number {
  const bounded = Math.min(Math.max(x, -700), 700);
  // Adding this number leaves no bits for a fraction, so the sum is rounded to the nearest integer, ties to even.
  const rounder = 1.5 * 2 ** 52;
  const k = bounded * Math.LOG2E + rounder - rounder;
  const r = bounded - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  let series = 1 / 479001600;
  for (const term of TERMS) series = series * r + term;
  return Number.isNaN(series) ? NaN : series * powerOfTwo(k);
}
