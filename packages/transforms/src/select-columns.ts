import { firstRepeated, required } from '@churn/core';
import { type ColumnSelector, columnSelector, selectedColumns } from './column-selector.js';
import { nameList } from './name-list.js';
import { type Dropping, selectRow } from './select-row.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns that stay: names, in the order wanted; `{ kind }`; or `{ pattern }`. */
  columns: required(columnSelector()),
};

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
      'columns that do not stay',
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
   * @param columns names, in the order wanted; `{ kind }`; or `{ pattern }`.
   * @throws `invalid-parameter` where it is none of these.
   */
  constructor(columns: ColumnSelector) {
    super({ columns });
  }
}

/** The columns that a `SelectColumns` keeps. */
export type FittedSelectColumns = FittedBy<typeof SelectColumns>;
