import type { Column } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { dropping } from './select-row.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to consider; default all, of either kind. */
  columns: columnNames(),
};

/**
 * Removes columns that carry no information: those with the same value in every row at `fit`. Missing counts as a value, so a column
 * without any value is removed, and one with a single value in only some rows is kept. 0 equals -0. Without rows, nothing is removed.
 */
export class DropConstantColumns extends transformer({
  type: 'DropConstantColumns',
  parameters,
  learn(x, { columns = x.names }) {
    const constant = columns.filter((name) => isConstant(x.column(name)));
    return { dropped: x.nRows > 0 ? constant : [] };
  },
  restore: (state) => ({ dropped: state.names('dropped') }),
  apply: ({ dropped }) => dropping(dropped),
  describe: ({ dropped }) => `dropped ${nameList(dropped)}`,
}) {}

/** The columns that a `DropConstantColumns` removes; columns that are absent are ignored. */
export type FittedDropConstantColumns = FittedBy<typeof DropConstantColumns>;

/** The constant columns. */
export type DropConstantColumnsState = FittedDropConstantColumns['state'];

function isConstant(column: Column): boolean {
  if (column.kind === 'category') return column.codes.every((code) => code === column.codes[0]);
  const first = column.values[0];
  return column.values.every((value) => value === first || (Number.isNaN(value) && Number.isNaN(first)));
}
