import { binaryExponent, powerOfTwo } from '@churn/core';

/** The largest absolute target value that trees accept: sums over many trees still stay finite. */
export const LARGEST_AMOUNT = 1e300;

/**
 * Sums of integer targets times weights stay below this power of two: 63 bits of a word hold them, and their
 * sign.
 */
const SUM_BITS = 62;
/** Beyond this many bits, targets are no more exact than given. */
const MOST_BITS = 53;
/** Rows are counted up to a weight of 2^32 in all, which leaves at least this many. */
const LEAST_BITS = 30;
/** The least power of two that is a number. */
const LEAST_EXPONENT = -1074;

/**
 * Target values as integer multiples of a unit, whose sums are exact and therefore independent of the order
 * of the rows.
 */
export interface ScaledTargets {
  /** How many units each amount lies above the centre: integers. */
  readonly whole: Float64Array;
  /** What one of them stands for: a power of two. */
  readonly unit: number;
  /** What was subtracted from each: an integer of units. */
  readonly centre: number;
}

/**
 * Makes integers of target values, of as small a unit as the sums of all rows allow: with a million rows of weight 1 it is a trillionth
 * of their range.
 *
 * @param mostWeight the most that the rows of a sum may weigh.
 * @param isCentred whether to count from their middle, rather than from 0.
 */
export function scaledTargets(amounts: Float64Array, mostWeight: number, isCentred: boolean): ScaledTargets {
  const [least, most] = amounts.reduce(
    ([low, high], amount) => [Math.min(low, amount), Math.max(high, amount)],
    [Infinity, -Infinity],
  );
  const size = Math.max(Math.abs(least), Math.abs(most));
  const range = isCentred ? most - least : size;
  const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, SUM_BITS - bitsOf(mostWeight)));
  // For a constant target, only the centre has to be exact.
  const exponent = range > 0 ? bitsOf(range) - bits : bitsOf(size) - MOST_BITS;
  const unit = powerOfTwo(Math.max(LEAST_EXPONENT, exponent));
  const centre = isCentred ? Math.round(least / 2 / unit + most / 2 / unit) : 0;
  return { whole: amounts.map((amount) => Math.round(amount / unit - centre)), unit, centre };
}

/** The least power of two above a number of at least 0. */
function bitsOf(value: number): number {
  return value > 0 ? binaryExponent(value) + 1 : 0;
}
