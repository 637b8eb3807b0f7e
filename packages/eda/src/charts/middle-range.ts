import type { CountedValues } from '../profile/finite-values.js';
import { quantiles } from '../profile/quantiles.js';

/** The values that are worth drawing, and what was left out on either side. */
export interface MiddleRange {
  readonly middle: CountedValues;
  /** How many rows lie below, and above. */
  readonly below: number;
  readonly above: number;
}

/** So many times the distance of the quartiles may values lie away from these. */
const FENCE = 5;
/** So much wider must all values spread than those of the middle. */
const MUCH_WIDER = 5;

/**
 * Values without those so far out that a picture of all would show nothing of the rest: where all spread more than five times as wide as
 * those within five interquartile ranges of the quartiles or among the middle 98 %, these alone; otherwise all.
 */
export function middleRange(counted: CountedValues): MiddleRange {
  const { values, counts, n } = counted;
  const all = { middle: counted, below: 0, above: 0 };
  if (values.length < 3) return all;
  const [q1, q3] = quantiles(counted, [0.25, 0.75]) as number[];
  const reach = FENCE * (q3 - q1);
  const low = Math.min(q1 - reach, valueAt(counted, n - 1 - Math.floor(0.99 * (n - 1))));
  const high = Math.max(q3 + reach, valueAt(counted, Math.floor(0.99 * (n - 1))));
  const start = values.findIndex((value) => value >= low);
  const end = values.findLastIndex((value) => value <= high) + 1;
  const drawn = values[end - 1] - values[start];
  // Halves, since the range itself may be beyond the largest number. One value alone is no picture either.
  const range = values[values.length - 1] / 2 - values[0] / 2;
  if (!(drawn > 0) || !(2 * (range / MUCH_WIDER) > drawn)) return all;
  const below = sum(counts.subarray(0, start));
  const above = sum(counts.subarray(end));
  const middle = {
    values: values.subarray(start, end),
    counts: counts.subarray(start, end),
    n: n - below - above,
  };
  return { middle, below, above };
}

/** The value at a place among all rows in ascending order. */
function valueAt({ values, counts }: CountedValues, place: number): number {
  let i = 0;
  for (let rows = counts[0]; rows <= place; rows += counts[i]) i++;
  return values[i];
}

function sum(counts: Int32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
