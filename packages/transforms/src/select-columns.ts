import { firstRepeated, required } from '@churn/core';
import { type ColumnSelector, columnSelector, selectedColumns } from './column-selector.js';
import { nameList } from './name-list.js';
import { type Dropping, selectRow } from './select-row.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to keep: names, in the desired order; `{ kind }`; or `{ pattern }`. */
  columns: required(columnSelector()),
};

/** The columns kept, in order, and those removed at `fit`. */
export type SelectColumnsState = { readonly columns: readonly string[]; readonly dropped: readonly string[] };

/**
 * Keeps some columns and removes all others. The columns selected by a kind or a pattern are determined at `fit`: later tables are
 * reduced to the same columns, whatever else they contain.
 *
 * ```ts
 * new SelectColumns({ pattern: 'Total_*' }).fitTransform(train).output.names; // ['Total_Trans_Amt', 'Total_Trans_Ct']
 * ```
 */
export class SelectColumns extends transformer({
  type: 'SelectColumns',
  parameters,
  learn(x, settings): SelectColumnsState {
    const columns = selectedColumns(x, settings.columns);
    return { columns, dropped: x.drop(columns).names };
  },
  restore(state) {
    const columns = state.names('columns');
    const dropped = state.names('dropped');
    state.expect(
      firstRepeated([...columns, ...dropped]) === undefined,
      'dropped',
      'columns that are not kept',
    );
    return { columns, dropped };
  },
  apply: ({ columns, dropped }): Dropping => ({
    unread: dropped,
    transform: (x) => x.select(columns),
    compileRow: (schema) => selectRow(schema, columns),
  }),
  describe: ({ columns }) => `kept ${nameList(columns)}`,
}) {
  /**
   * @param columns names, in the desired order; `{ kind }`; or `{ pattern }`.
   * @throws `invalid-parameter` if it is none of these.
   */
  constructor(columns: ColumnSelector) {
    super({ columns });
  }
}

/** A fitted `SelectColumns`: the columns that it keeps. */
export type FittedSelectColumns = FittedBy<typeof SelectColumns>;
