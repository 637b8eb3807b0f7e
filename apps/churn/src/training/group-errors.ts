import { type Column, type Table, visibleText } from '@churn/core';
import { fourDigits } from '@churn/eda';

/** How well a model does on the rows that have a value of a column. */
export interface GroupError {
  readonly column: string;
  /** A category, or a range of numbers. */
  readonly group: string;
  readonly rows: number;
  readonly actual: number;
  readonly predicted: number;
  readonly meanAbsoluteError: number;
}

/** Fewer rows say little of a group. */
const FEWEST_ROWS = 20;
/** A column of more levels has none of many rows. */
const MOST_LEVELS = 50;
const RANGES = 4;

/**
 * The error of a model by groups of rows, each group one category or a quarter of the numbers of a column.
 * @returns the groups of the largest mean absolute error, the largest first.
 */
export function groupErrors(
  x: Table,
  actual: Float64Array,
  predicted: Float64Array,
  most: number,
): GroupError[] {
  const found: GroupError[] = [];
  for (const [column, values] of x.entries()) {
    for (const { group, rows } of groupsOf(values)) {
      if (rows.length < FEWEST_ROWS || rows.length === x.nRows) continue;
      const mean = (of: (row: number) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
      found.push({
        column,
        group,
        rows: rows.length,
        actual: mean((row) => actual[row]),
        predicted: mean((row) => predicted[row]),
        meanAbsoluteError: mean((row) => Math.abs(actual[row] - predicted[row])),
      });
    }
  }
  return found.sort((a, b) => b.meanAbsoluteError - a.meanAbsoluteError).slice(0, most);
}

interface Group {
  readonly group: string;
  readonly rows: readonly number[];
}

function groupsOf(column: Column): Group[] {
  return column.kind === 'numeric'
    ? rangesOf(column.values)
    : levelsOf(column.levels.length, (code) => visibleText(column.levels[code]), column.codes);
}

function levelsOf(n: number, nameOf: (code: number) => string, codes: ArrayLike<number>): Group[] {
  if (n > MOST_LEVELS) return [];
  const groups = Array.from({ length: n }, (_, code) => ({ group: nameOf(code), rows: [] as number[] }));
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) groups[codes[row]].rows.push(row);
  return groups;
}

/** The quarters of the numbers; those that would begin alike are one. */
function rangesOf(values: Float64Array): Group[] {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [];
  const starts = [
    ...new Set(
      Array.from({ length: RANGES }, (_, part) => sorted[Math.floor((part * sorted.length) / RANGES)]),
    ),
  ];
  const codes = values.map((value) =>
    Number.isFinite(value) ? starts.filter((start) => start <= value).length - 1 : -1,
  );
  const nameOf = (code: number) =>
    code + 1 < starts.length
      ? `${fourDigits(starts[code])} to below ${fourDigits(starts[code + 1])}`
      : `from ${fourDigits(starts[code])}`;
  return levelsOf(starts.length, nameOf, codes);
}
