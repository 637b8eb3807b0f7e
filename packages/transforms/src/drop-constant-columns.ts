import type { Column } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { dropping } from './select-row.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to look at; without it all, of either kind. */
  columns: columnNames(),
};

/**
 * Removes columns that say nothing: those that have the same value in every row at `fit`. Missing counts as a value, so a
 * column without any value goes, and one with a single value in some rows stays. 0 equals -0. Without rows nothing goes.
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

/** The columns that a `DropConstantColumns` removes; one that is not there is not missed. */
export type FittedDropConstantColumns = FittedBy<typeof DropConstantColumns>;

/** The columns that hold one value only. */
export type DropConstantColumnsState = FittedDropConstantColumns['state'];

function isConstant(column: Column): boolean {
  if (column.kind === 'category') return column.codes.every((code) => code === column.codes[0]);
  const first = column.values[0];
  return column.values.every((value) => value === first || (Number.isNaN(value) && Number.isNaN(first)));
}
