import type { CategoryColumn } from '@churn/core';
import { mode } from './statistics/mode.js';

/**
 * The `statistic` of the values in the rows of each level of `group`. Missing values are left out, and so are rows without a level and
 * levels without a value.
 *
 * @param values one per row of `group`; `NaN` is missing.
 * @param statistic receives at least one value, and must not modify the array.
 */
export function groupStatistics(
  values: Float64Array,
  { codes, levels }: CategoryColumn,
  statistic: (values: Float64Array) => number | null,
): [level: string, figure: number][] {
  // A counting sort: values grouped by level, each group in row order.
  const ends = new Int32Array(levels.length);
  for (let row = 0; row < values.length; row++) {
    if (codes[row] >= 0 && !Number.isNaN(values[row])) ends[codes[row]]++;
  }
  let total = 0;
  for (let code = 0; code < ends.length; code++) {
    const count = ends[code];
    ends[code] = total;
    total += count;
  }
  const sorted = new Float64Array(total);
  for (let row = 0; row < values.length; row++) {
    if (codes[row] >= 0 && !Number.isNaN(values[row])) sorted[ends[codes[row]]++] = values[row];
  }

  const figures: [string, number][] = [];
  for (let code = 0, start = 0; code < levels.length; start = ends[code++]) {
    const figure = ends[code] > start ? statistic(sorted.subarray(start, ends[code])) : null;
    if (figure !== null) figures.push([levels[code], figure]);
  }
  return figures;
}

/** The most frequent level of `column` in the rows of each level of `group`; the smallest in case of a tie. */
export function groupModes(column: CategoryColumn, group: CategoryColumn): [level: string, mode: string][] {
  // The levels are represented by their sorted positions: the smallest position is the smallest level.
  const sorted = [...column.levels].sort((a, b) => (a < b ? -1 : 1));
  const placeOf = new Map(sorted.map((level, place) => [level, place]));
  const places = Float64Array.from(column.levels, (level) => placeOf.get(level) ?? NaN);
  const values = new Float64Array(column.codes.length);
  for (let row = 0; row < values.length; row++) {
    values[row] = column.codes[row] < 0 ? NaN : places[column.codes[row]];
  }
  return groupStatistics(values, group, mode).map(([level, place]) => [level, sorted[place]]);
}
