import {
  type Column,
  type FittedTransformer,
  fitThenTransform,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { dropFromRow } from './select-row.js';

/** The columns that hold one value only. */
export type DropConstantColumnsState = { readonly dropped: readonly string[] };

/**
 * Removes columns that say nothing: those that have the same value in every row at `fit`. Missing counts as a value, so a
 * column without any value goes, and one with a single value in some rows stays. 0 equals -0. Without rows nothing goes.
 */
export class DropConstantColumns implements Transformer<FittedDropConstantColumns> {
  readonly role = 'transformer';
  static readonly type = 'DropConstantColumns';
  readonly columns?: readonly string[];

  /**
   * @param options `columns`: the columns to look at; without it all, of either kind.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedDropConstantColumns {
    return new FittedDropConstantColumns({ dropped: state.names('dropped') });
  }

  /** @throws `column-name` where a column named is not there. */
  fit(x: Table): FittedDropConstantColumns {
    const names = this.columns ?? x.names;
    const constant = names.filter((name) => isConstant(x.column(name)));
    return new FittedDropConstantColumns({ dropped: x.nRows > 0 ? constant : [] });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `DropConstantColumns` removes; one that is not there is not missed. */
export class FittedDropConstantColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = DropConstantColumns.type;

  constructor(readonly state: DropConstantColumnsState) {}

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return this.state.dropped;
  }

  transform(x: Table): Table {
    return x.drop(this.state.dropped);
  }

  compileRow(schema: TableSchema): RowStep {
    return dropFromRow(schema, this.state.dropped);
  }

  describe(): string {
    return `DropConstantColumns: dropped ${nameList(this.state.dropped)}`;
  }
}

function isConstant(column: Column): boolean {
  if (column.kind === 'category') return column.codes.every((code) => code === column.codes[0]);
  const first = column.values[0];
  return column.values.every((value) => value === first || (Number.isNaN(value) && Number.isNaN(first)));
}
