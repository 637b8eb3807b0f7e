import type { CategoryColumn } from '@churn/core';

/** The values with each missing one replaced; the same array where none is missing. */
export function fillMissing(values: Float64Array, replacement: number): Float64Array {
  if (!values.includes(NaN)) return values;
  const filled = values.slice();
  for (let row = 0; row < filled.length; row++) if (Number.isNaN(filled[row])) filled[row] = replacement;
  return filled;
}

/** What `fillMissing` makes of one value. */
export function fillMissingValue(replacement: number): (value: number) => number {
  return (value) => (Number.isNaN(value) ? replacement : value);
}

/** The column with each missing value replaced by `level`, known or new; the same column where none is missing. */
export function fillMissingLevel(column: CategoryColumn, level: string): CategoryColumn {
  if (!column.codes.includes(-1)) return column;
  const levels = column.levels.includes(level) ? column.levels : [...column.levels, level];
  const replacement = levels.indexOf(level);
  const codes = column.codes.slice();
  for (let row = 0; row < codes.length; row++) if (codes[row] < 0) codes[row] = replacement;
  return { kind: 'category', codes, levels };
}
