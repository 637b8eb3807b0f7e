import {
  type FittedTransformer,
  fitThenTransform,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import type { ColumnsOption } from './chosen-columns.js';
import { fillEither } from './fill-missing.js';
import {
  compileFills,
  describeExtras,
  type Fill,
  type FillExtras,
  fillTable,
  isFill,
  learnFills,
  restoreFills,
} from './fills.js';
import { type IndicatorOption, imputerOptions } from './imputer-options.js';
import { nameList } from './name-list.js';

/** The options of a `ConstantImputer`. */
export interface ConstantImputerOptions extends ColumnsOption, IndicatorOption {
  /** What to put in the place of missing values: a number in numeric columns, text in category columns. */
  readonly value: number | string;
}

/** The value of each column that is filled, the same in all. */
export type ConstantImputerState = Pick<FillExtras<never>, 'indicators'> & {
  readonly values: Readonly<Record<string, number | string>>;
};

/**
 * Fills missing values with one given value: a number in numeric columns, a level, known or new, in category columns. A
 * column without a value at `fit` is filled as well.
 *
 * ```ts
 * new ConstantImputer({ value: 'Unknown' }).fit(train).state; // { values: { Gender: 'Unknown', Card: 'Unknown' } }
 * ```
 */
export class ConstantImputer implements Transformer<FittedConstantImputer> {
  readonly role = 'transformer';
  static readonly type = 'ConstantImputer';
  readonly columns?: readonly string[];
  readonly value: number | string;
  readonly addIndicator: boolean;

  /**
   * @param options `columns`: the columns to fill; without it all of the kind of `value`. `value`: a finite number, or text.
   *   `addIndicator`: whether to add columns `<name>_missing` of 0 and 1.
   * @throws `invalid-parameter` where one of them is not what it must be.
   */
  constructor({ columns, value, addIndicator }: ConstantImputerOptions) {
    const checked = imputerOptions({ columns, addIndicator });
    requireParameter(isFill(value), 'value', 'a finite number or text', value);
    this.columns = checked.columns;
    this.value = value;
    this.addIndicator = checked.addIndicator;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedConstantImputer {
    const values = state.record('values', isFill);
    state.expect(new Set(Object.values(values)).size <= 1, 'values', 'the same value for each column');
    const { indicators } = restoreFills(state, 'values', isFill);
    return new FittedConstantImputer({ values, ...(indicators && { indicators }) });
  }

  /**
   * @throws `column-name` or `column-kind` for a column that is not there or not of the kind of `value`; `column-name` where
   *   there is one of an indicator's name.
   */
  fit(x: Table): FittedConstantImputer {
    const { value } = this;
    const kind = typeof value === 'number' ? 'numeric' : 'category';
    const names = this.columns ?? x.namesOf(kind);
    const { indicators } = learnFills(x, names, this, (name) => {
      // Asked for by kind, so that a column of the other one is refused.
      x[kind](name);
      return value;
    });
    const values = Object.fromEntries(names.map((name) => [name, value]));
    return new FittedConstantImputer({ values, ...(indicators && { indicators }) });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `ConstantImputer` fills, and with what. */
export class FittedConstantImputer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = ConstantImputer.type;

  constructor(readonly state: ConstantImputerState) {}

  /**
   * @throws `column-name` or `column-kind` where a column of `fit` is not there as it was; `column-name` where there is one
   *   of an indicator's name.
   */
  transform(x: Table): Table {
    return fillTable<Fill>(x, this.state, fillEither);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileFills<Fill>(schema, this.state);
  }

  describe(): string {
    const [value] = Object.values(this.state.values);
    const what = value === undefined ? '' : `${JSON.stringify(value)} in `;
    return `ConstantImputer: ${what}${nameList(Object.keys(this.state.values))}${describeExtras(this.state)}`;
  }
}
