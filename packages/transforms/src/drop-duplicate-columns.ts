import {
  type Column,
  type FittedTransformer,
  fitThenTransform,
  isString,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { dropFromRow } from './select-row.js';

/** Of each column that goes the one, kept, that it repeats. */
export type DropDuplicateColumnsState = { readonly duplicateOf: Readonly<Record<string, string>> };

/**
 * Removes columns that repeat an earlier one at `fit`: of the same kind, with the same value in every row and missing in the
 * same rows. The first of them stays. 0 equals -0. Without rows nothing goes.
 */
export class DropDuplicateColumns implements Transformer<FittedDropDuplicateColumns> {
  readonly role = 'transformer';
  static readonly type = 'DropDuplicateColumns';
  readonly columns?: readonly string[];

  /**
   * @param options `columns`: the columns to compare with each other; without it all. The order of the table decides which
   *   is first.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedDropDuplicateColumns {
    const duplicateOf = state.record('duplicateOf', isString);
    const areKept = Object.values(duplicateOf).every((name) => !Object.hasOwn(duplicateOf, name));
    state.expect(areKept, 'duplicateOf', 'columns that stay, by column that goes');
    return new FittedDropDuplicateColumns({ duplicateOf });
  }

  /** @throws `column-name` where a column named is not there. */
  fit(x: Table): FittedDropDuplicateColumns {
    const chosen = this.columns ? x.select(this.columns) : x;
    const kept: [string, Column][] = [];
    const duplicates: [string, string][] = [];
    for (const name of x.names.filter((each) => chosen.has(each))) {
      const column = x.column(name);
      const first = x.nRows > 0 ? kept.find(([, other]) => isSame(column, other)) : undefined;
      if (first) duplicates.push([name, first[0]]);
      else kept.push([name, column]);
    }
    return new FittedDropDuplicateColumns({ duplicateOf: Object.fromEntries(duplicates) });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `DropDuplicateColumns` removes; one that is not there is not missed. */
export class FittedDropDuplicateColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = DropDuplicateColumns.type;

  constructor(readonly state: DropDuplicateColumnsState) {}

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return Object.keys(this.state.duplicateOf);
  }

  transform(x: Table): Table {
    return x.drop(Object.keys(this.state.duplicateOf));
  }

  compileRow(schema: TableSchema): RowStep {
    return dropFromRow(schema, Object.keys(this.state.duplicateOf));
  }

  describe(): string {
    return `DropDuplicateColumns: dropped ${nameList(Object.keys(this.state.duplicateOf))}`;
  }
}

function isSame(a: Column, b: Column): boolean {
  if (a.kind === 'numeric') {
    if (b.kind !== 'numeric') return false;
    const other = b.values;
    return a.values.every(
      (value, row) => value === other[row] || (Number.isNaN(value) && Number.isNaN(other[row])),
    );
  }
  if (b.kind !== 'category') return false;
  // The code of a missing value, -1, finds no level on either side.
  return a.codes.every((code, row) => a.levels[code] === b.levels[b.codes[row]]);
}
