import {
  checkedValues,
  expm1,
  type FittedTransformer,
  fitThenTransform,
  log1p,
  type RowStep,
  rowFaultError,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { mapNumeric, mapNumericRow } from './numeric-columns.js';

/** The columns that are transformed. */
export type Log1pTransformerState = { readonly columns: readonly string[] };

/**
 * Replaces each number `x` by `log(1 + x)`, which draws in the long tail of amounts and counts and keeps 0 at 0.
 *
 * It learns nothing but which columns there are. Missing values stay missing.
 *
 * ```ts
 * new Log1pTransformer({ columns: ['Total_Trans_Amt'] });
 * ```
 */
export class Log1pTransformer implements Transformer<FittedLog1pTransformer> {
  readonly role = 'transformer';
  static readonly type = 'Log1pTransformer';
  readonly columns?: readonly string[];

  /**
   * @param options `columns`: the columns to transform; without it all numeric ones.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedLog1pTransformer {
    return new FittedLog1pTransformer({ columns: state.names('columns') });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for a value of -1 or less. */
  fit(x: Table): FittedLog1pTransformer {
    const fitted = new FittedLog1pTransformer({ columns: this.columns ?? x.namesOf('numeric') });
    fitted.transform(x);
    return fitted;
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `Log1pTransformer` transforms. */
export class FittedLog1pTransformer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = Log1pTransformer.type;

  constructor(readonly state: Log1pTransformerState) {}

  /** @throws `column-name` or `column-kind` where a column is not there as numbers; `invalid-data` for -1 or less. */
  transform(x: Table): Table {
    return mapNumeric(x, this.#named(), (values, name) =>
      checkedValues(name, values, hasLog1p, noLog1p).map(log1p),
    );
  }

  /** Gives the values back: `exp(x) - 1`. */
  inverseTransform(x: Table): Table {
    return mapNumeric(x, this.#named(), (values) => values.map(expm1));
  }

  compileRow(schema: TableSchema): RowStep {
    return mapNumericRow(schema, this.#named(), (name) => (value) => {
      if (!hasLog1p(value)) throw rowFaultError([{ row: 0, column: name, detail: noLog1p(value) }]);
      return log1p(value);
    });
  }

  describe(): string {
    return `Log1pTransformer: columns ${nameList(this.state.columns)}`;
  }

  #named(): Record<string, string> {
    return Object.fromEntries(this.state.columns.map((name) => [name, name]));
  }
}

function hasLog1p(value: number): boolean {
  return value > -1 || Number.isNaN(value);
}

function noLog1p(value: number): string {
  return `expected a number above -1, got ${value}; log(1 + x) needs one`;
}
