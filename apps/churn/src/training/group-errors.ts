import type { Table } from '@churn/core';
import { groupsOf, LEAST_GROUP } from './grouped-column.js';

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

/**
 * The error of a model by groups of rows, each group one category, or a number or range of numbers of a column.
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
      if (rows.length < LEAST_GROUP || rows.length === x.nRows) continue;
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
