import { integerParameter, withDefault } from '@churn/core';
import { CellIndex } from './cell-index.js';

export const cellParameter = withDefault(integerParameter({ from: 2, to: 10_000 }), 200);

/** The reference of a numeric column, divided into cells with about equally many values. */
export type NumericReference = {
  readonly kind: 'numeric';
  readonly name: string;
  /**
   * Strictly increasing breakpoints `b`, including the maximum. Cell `i` is `(b[i - 1], b[i]]`; the first extends to minus infinity, and the one
   * after the last breakpoint to infinity. Empty if the column has no values.
   */
  readonly breakpoints: readonly number[];
  /** The number of values in each cell: one more than there are breakpoints. */
  readonly counts: readonly number[];
  /** Whether each cell holds a single value, as it does if there are few distinct ones. */
  readonly isDiscrete: boolean;
  /** The number of missing values. */
  readonly missing: number;
  /** The mean of the finite values. It and the statistics below are 0 without any. */
  readonly mean: number;
  /** The population standard deviation. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  /** For predictions: how much they differ between fits. */
  readonly betweenFits?: BetweenFits;
};

/**
 * How much the predictions of models differ, at most, that were fitted on different rows of the same distribution. A model that is
 * refitted on more rows differs from the evaluated one as well, without any drift.
 */
export type BetweenFits = {
  /** The population stability index. */
  readonly psi: number;
  /** The Wasserstein distance in standard deviations of the reference. */
  readonly shift: number;
};

/** The maximum number of values from which breakpoints are computed; of more, a regular subset is used. Cells count all values. */
const MAX_SORTED = 100_000;

/**
 * The reference of a numeric column.
 *
 * @param values `NaN` is missing; infinite values are in the first or the last cell.
 * @param maxCells the maximum number of breakpoints, besides `edges`.
 * @param edges additional breakpoints.
 * @param adjust replaces the computed breakpoints.
 */
export function numericReference(
  name: string,
  values: ArrayLike<number>,
  maxCells: number,
  edges: readonly number[] = [],
  adjust = (breakpoints: readonly number[]) => breakpoints,
): NumericReference {
  const { count, mean, sd, min, max, missing } = momentsOf(values);
  const distinct = distinctValues(values, maxCells);
  const all = count === 0 ? [] : (distinct ?? quantilesOf(values, count, maxCells, max));
  const found = adjust(all);
  const breakpoints =
    count === 0 || edges.length === 0 ? found : [...new Set([...found, ...edges])].sort((a, b) => a - b);
  const counts = new Array<number>(breakpoints.length + 1).fill(0);
  const cells = new CellIndex(breakpoints);
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) counts[cells.of(values[row])]++;
  }
  return {
    kind: 'numeric',
    name,
    breakpoints,
    counts,
    isDiscrete: distinct !== undefined && found.length === all.length,
    missing,
    mean,
    sd,
    min,
    max,
  };
}

/** The moments of the finite values, by the recurrences of B. P. Welford, "Note on a method for calculating corrected sums", 1962. */
function momentsOf(values: ArrayLike<number>) {
  let [count, missing, mean, squares] = [0, 0, 0, 0];
  let [min, max] = [Infinity, -Infinity];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) missing++;
    if (!Number.isFinite(value)) continue;
    count++;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return { count, missing, mean: 0, sd: 0, min: 0, max: 0 };
  const sd = Math.sqrt(squares / count);
  // The squares of huge numbers overflow.
  const finite = (value: number) => (Number.isFinite(value) ? value : Number.MAX_VALUE);
  return { count, missing, mean: finite(mean), sd: finite(sd), min, max };
}

/** The distinct finite values, ascending; `undefined` if there are more than `max`. */
function distinctValues(values: ArrayLike<number>, max: number): number[] | undefined {
  const found = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    // Adding 0 turns -0 into 0.
    if (Number.isFinite(values[row])) found.add(values[row] + 0);
    if (found.size > max) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}

/** The distinct values at evenly spaced ranks, and the maximum. */
function quantilesOf(values: ArrayLike<number>, count: number, cells: number, max: number): number[] {
  const every = Math.ceil(count / MAX_SORTED);
  const sorted = new Float64Array(Math.ceil(count / every));
  let finite = 0;
  let size = 0;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row])) continue;
    if (finite++ % every === 0) sorted[size++] = values[row] + 0;
  }
  sorted.sort();
  const breakpoints: number[] = [];
  for (let cell = 1; cell < cells; cell++) {
    const value = sorted[Math.ceil((cell * size) / cells) - 1];
    if (breakpoints.length === 0 || value > breakpoints[breakpoints.length - 1]) breakpoints.push(value);
  }
  if (breakpoints[breakpoints.length - 1] !== max) breakpoints.push(max);
  return breakpoints;
}
