import {
  type FittedTransformer,
  firstRepeated,
  fitThenTransform,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnSelector, columnSelector, selectedColumns } from './column-selector.js';
import { nameList } from './name-list.js';
import { selectRow } from './select-row.js';

/** The columns that stay, in order, and those at `fit` that go. */
export type SelectColumnsState = { readonly columns: readonly string[]; readonly dropped: readonly string[] };

/**
 * Keeps some columns and removes all others. What a kind or a pattern means is settled at `fit`: later tables are reduced
 * to the same columns, whatever else they hold.
 *
 * ```ts
 * new SelectColumns({ pattern: 'Total_*' }).fitTransform(train).output.names; // ['Total_Trans_Amt', 'Total_Trans_Ct']
 * ```
 */
export class SelectColumns implements Transformer<FittedSelectColumns> {
  readonly role = 'transformer';
  static readonly type = 'SelectColumns';
  readonly columns: ColumnSelector;

  /**
   * @param columns names, in the order wanted; `{ kind }`; or `{ pattern }`.
   * @throws `invalid-parameter` where it is none of these.
   */
  constructor(columns: ColumnSelector) {
    this.columns = columnSelector(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedSelectColumns {
    const columns = state.names('columns');
    const dropped = state.names('dropped');
    state.expect(
      firstRepeated([...columns, ...dropped]) === undefined,
      'dropped',
      'columns that do not stay',
    );
    return new FittedSelectColumns({ columns, dropped });
  }

  /** @throws `column-name` where a column given by name is not there. */
  fit(x: Table): FittedSelectColumns {
    const columns = selectedColumns(x, this.columns);
    return new FittedSelectColumns({ columns, dropped: x.drop(columns).names });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `SelectColumns` keeps. */
export class FittedSelectColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = SelectColumns.type;

  constructor(readonly state: SelectColumnsState) {}

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return this.state.dropped;
  }

  /** @throws `column-name` where a column of `fit` is not there. */
  transform(x: Table): Table {
    return x.select(this.state.columns);
  }

  compileRow(schema: TableSchema): RowStep {
    return selectRow(schema, this.state.columns);
  }

  describe(): string {
    return `SelectColumns: kept ${nameList(this.state.columns)}`;
  }
}
