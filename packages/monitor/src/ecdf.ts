import type { NumericCounts } from './numeric-counts.js';
import type { NumericReference } from './numeric-reference.js';
import { sum } from './sum.js';

/** A point at which both distribution functions are known exactly, and their difference, reference minus current. */
interface Knot {
  readonly at: number;
  readonly difference: number;
}

/** The point just below the minimum of the reference, then the breakpoints within its range. */
function knotsOf(reference: NumericReference, counts: NumericCounts): Knot[] {
  const before = sum(reference.counts);
  const now = counts.values;
  const knots: Knot[] = [{ at: reference.min, difference: -counts.below / now }];
  let [old, current] = [0, 0];
  reference.breakpoints.forEach((at, cell) => {
    old += reference.counts[cell];
    current += counts.counts[cell];
    if (at >= reference.min && at <= reference.max)
      knots.push({ at, difference: old / before - current / now });
  });
  return knots;
}

/**
 * The maximum distance between the distribution functions at the breakpoints: the Kolmogorov-Smirnov statistic if each cell holds a single
 * value, otherwise a lower bound of it.
 */
export function ksStatisticOfCells(reference: NumericReference, counts: NumericCounts): number {
  return knotsOf(reference, counts).reduce((most, { difference }) => Math.max(most, Math.abs(difference)), 0);
}

/**
 * The area between the distribution functions, the Wasserstein distance. It is exact outside the range of the reference and if each cell holds a
 * single value; otherwise the functions are assumed to be linear within a cell.
 */
export function wassersteinOfCells(reference: NumericReference, counts: NumericCounts): number {
  const knots = knotsOf(reference, counts);
  let area = (counts.depth + counts.height) / counts.values;
  for (let i = 1; i < knots.length; i++) {
    const width = knots[i].at - knots[i - 1].at;
    const [from, to] = [knots[i - 1].difference, knots[i].difference];
    area += width * (reference.isDiscrete ? Math.abs(from) : meanDistance(from, to));
  }
  return area;
}

/** The mean absolute value of a linear function with these end values. */
function meanDistance(from: number, to: number): number {
  const [a, b] = [Math.abs(from), Math.abs(to)];
  return from * to >= 0 ? (a + b) / 2 : (a * a + b * b) / (2 * (a + b));
}
