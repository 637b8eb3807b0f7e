import { integerParameter, withDefault } from '@churn/core';
import { CellIndex } from './cell-index.js';

export const cellParameter = withDefault(integerParameter({ from: 2, to: 10_000 }), 200);

/** A numeric column as it was, divided into cells of nearly as many values each. */
export type NumericReference = {
  readonly kind: 'numeric';
  readonly name: string;
  /**
   * Strictly increasing, with the greatest value among them. Cell `i` is `(b[i - 1], b[i]]`, the first reaches down to minus infinity,
   * and the one after all breakpoints up to infinity. Empty where the column had no value.
   */
  readonly breakpoints: readonly number[];
  /** How many values each cell holds: one more than there are breakpoints. */
  readonly counts: readonly number[];
  /** Whether each cell holds a single value, as it does if there were few different ones. */
  readonly isDiscrete: boolean;
  /** The number of rows without a value. */
  readonly missing: number;
  /** Of the finite values, as the others below; all four are 0 if there was none. */
  readonly mean: number;
  /** The standard deviation of the population: the sum of squares is divided by the number of values. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
};

/** From so many values on, breakpoints follow from every so manieth: cells are counted over all of them either way. */
const MOST_SORTED = 100_000;

/**
 * The reference of a numeric column.
 *
 * @param values `NaN` is missing; infinite values are in the first and the last cell.
 * @param maxCells the number of breakpoints is no larger, but for those that are asked for.
 * @param edges breakpoints that there have to be as well.
 * @param chosen the breakpoints to have instead of those that were found.
 */
export function numericReference(
  name: string,
  values: ArrayLike<number>,
  maxCells: number,
  edges: readonly number[] = [],
  chosen = (breakpoints: readonly number[]) => breakpoints,
): NumericReference {
  const { count, mean, sd, min, max, missing } = momentsOf(values);
  const distinct = distinctValues(values, maxCells);
  const all = count === 0 ? [] : (distinct ?? quantilesOf(values, count, maxCells, max));
  const found = chosen(all);
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

/** The moments of the finite values, by the updates of B. P. Welford, "Note on a method for calculating corrected sums", 1962. */
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
  // The squares of huge numbers are beyond all numbers.
  const finite = (value: number) => (Number.isFinite(value) ? value : Number.MAX_VALUE);
  return { count, missing, mean: finite(mean), sd: finite(sd), min, max };
}

/** The different finite values, ascending; `undefined` if there are more than `most`. */
function distinctValues(values: ArrayLike<number>, most: number): number[] | undefined {
  const found = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    // Adding 0 makes 0 of -0.
    if (Number.isFinite(values[row])) found.add(values[row] + 0);
    if (found.size > most) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}

/** Values at evenly spaced ranks, each once, and the greatest. */
function quantilesOf(values: ArrayLike<number>, count: number, cells: number, max: number): number[] {
  const every = Math.ceil(count / MOST_SORTED);
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
