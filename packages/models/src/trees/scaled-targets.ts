import { binaryExponent, powerOfTwo } from '@churn/core';

/** The largest absolute target value that trees accept, so that sums over many trees stay finite. */
export const LARGEST_AMOUNT = 1e300;

/** Sums of integer targets times weights stay below this power of two, so that they fit into 64 bits with their sign. */
const SUM_BITS = 62;
/** More bits than this would not add precision: doubles have 53. */
const MAX_BITS = 53;
/** The total weight of rows is at most 2^32, which leaves at least this many bits. */
const LEAST_BITS = 30;
/** The exponent of the smallest positive double. */
const LEAST_EXPONENT = -1074;

/**
 * Target values as integer multiples of a unit, whose sums are exact and therefore independent of the order
 * of the rows.
 */
export interface ScaledTargets {
  /** The distance of each target from the centre in units: integers. */
  readonly whole: Float64Array;
  /** The unit: a power of two. */
  readonly unit: number;
  /** The number subtracted from each target: an integer multiple of the unit. */
  readonly centre: number;
}

/**
 * Converts target values to integers, with the smallest unit that keeps the sum over all rows within `SUM_BITS`. With a million rows of
 * weight 1, it is a trillionth of their range.
 *
 * @param maxWeight the maximum total weight of the rows in a sum.
 * @param isCentred whether to subtract the middle of the range.
 */
export function scaledTargets(amounts: Float64Array, maxWeight: number, isCentred: boolean): ScaledTargets {
  const [least, most] = amounts.reduce(
    ([low, high], amount) => [Math.min(low, amount), Math.max(high, amount)],
    [Infinity, -Infinity],
  );
  const size = Math.max(Math.abs(least), Math.abs(most));
  const range = isCentred ? most - least : size;
  const bits = Math.min(MAX_BITS, Math.max(LEAST_BITS, SUM_BITS - bitsOf(maxWeight)));
  // For a constant target, only the centre has to be exact.
  const exponent = range > 0 ? bitsOf(range) - bits : bitsOf(size) - MAX_BITS;
  const unit = powerOfTwo(Math.max(LEAST_EXPONENT, exponent));
  const centre = isCentred ? Math.round(least / 2 / unit + most / 2 / unit) : 0;
  return { whole: amounts.map((amount) => Math.round(amount / unit - centre)), unit, centre };
}

/** The exponent of the smallest power of two above a number of at least 0. */
function bitsOf(value: number): number {
  return value > 0 ? binaryExponent(value) + 1 : 0;
}
