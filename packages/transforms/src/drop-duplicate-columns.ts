import { type Column, isString } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { dropping } from './select-row.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to compare with each other; default all. The order of the table decides which is first. */
  columns: columnNames(),
};

/** For each removed column, the kept one that it duplicates. */
export type DropDuplicateColumnsState = { readonly duplicateOf: Readonly<Record<string, string>> };

/**
 * Removes columns that duplicate an earlier one at `fit`: of the same kind, with the same value in every row and missing in the same
 * rows. The first is kept. 0 equals -0. Without rows, nothing is removed.
 */
export class DropDuplicateColumns extends transformer({
  type: 'DropDuplicateColumns',
  parameters,
  learn(x, { columns }): DropDuplicateColumnsState {
    const chosen = columns ? x.select(columns) : x;
    const kept: [string, Column][] = [];
    const duplicates: [string, string][] = [];
    for (const name of x.names.filter((each) => chosen.has(each))) {
      const column = x.column(name);
      const first = x.nRows > 0 ? kept.find(([, other]) => isSame(column, other)) : undefined;
      if (first) duplicates.push([name, first[0]]);
      else kept.push([name, column]);
    }
    return { duplicateOf: Object.fromEntries(duplicates) };
  },
  restore(state) {
    const duplicateOf = state.record('duplicateOf', isString);
    const areKept = Object.values(duplicateOf).every((name) => !Object.hasOwn(duplicateOf, name));
    state.expect(areKept, 'duplicateOf', 'kept columns, by removed column');
    return { duplicateOf };
  },
  apply: ({ duplicateOf }) => dropping(Object.keys(duplicateOf)),
  describe: ({ duplicateOf }) => `dropped ${nameList(Object.keys(duplicateOf))}`,
}) {}

/** The columns that a `DropDuplicateColumns` removes; columns that are absent are ignored. */
export type FittedDropDuplicateColumns = FittedBy<typeof DropDuplicateColumns>;

function isSame(a: Column, b: Column): boolean {
  if (a.kind === 'numeric') {
    if (b.kind !== 'numeric') return false;
    const other = b.values;
    return a.values.every(
      (value, row) => value === other[row] || (Number.isNaN(value) && Number.isNaN(other[row])),
    );
  }
  if (b.kind !== 'category') return false;
  // The code of a missing value, -1, matches no level on either side.
  return a.codes.every((code, row) => a.levels[code] === b.levels[b.codes[row]]);
}
