import {
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { fillNumbers } from './fill-missing.js';
import { compileFills, describeExtras, type FillExtras, fillTable, restoreFills } from './fills.js';
import { type ImputerOptions, imputerOptions } from './imputer-options.js';
import { numberList } from './number-list.js';
import { learnNumericFills } from './numeric-imputer.js';
import { mean } from './statistics/mean.js';

/** The mean of each column; `null` where it had no value. */
export type MeanImputerState = FillExtras<number> & {
  readonly means: Readonly<Record<string, number | null>>;
};

/**
 * Fills the missing values of numeric columns with the mean of the values at `fit`, of all rows or of those of the same
 * group.
 *
 * A column without a value at `fit` has no mean: it stays as it is.
 *
 * ```ts
 * new MeanImputer({ columns: ['Customer_Age'] }).fit(train).state; // { means: { Customer_Age: 46.3 } }
 * new MeanImputer({ groupBy: 'Card_Category', addIndicator: true });
 * ```
 */
export class MeanImputer implements Transformer<FittedMeanImputer> {
  readonly role = 'transformer';
  static readonly type = 'MeanImputer';
  readonly columns?: readonly string[];
  readonly groupBy?: string;
  readonly addIndicator: boolean;

  /**
   * @param options.columns the columns to fill; without it all numeric ones.
   * @param options.groupBy a category column: rows of one level of it have a mean of their own.
   * @param options.addIndicator whether to add columns `<name>_missing` of 0 and 1.
   * @throws `invalid-parameter` where one of them is not what it must be.
   */
  constructor(options: ImputerOptions = {}) {
    const { columns, groupBy, addIndicator } = imputerOptions(options);
    this.columns = columns;
    this.groupBy = groupBy;
    this.addIndicator = addIndicator;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedMeanImputer {
    const { values: means, ...extras } = restoreFills(state, 'means', isNumber);
    return new FittedMeanImputer({ means, ...extras });
  }

  /**
   * @throws `column-name` or `column-kind` for a column that cannot be filled or grouped by; `column-name` where there is
   *   one of an indicator's name; `invalid-data` for an infinite value.
   */
  fit(x: Table): FittedMeanImputer {
    const { values: means, ...extras } = learnNumericFills(x, this, mean);
    return new FittedMeanImputer({ means, ...extras });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The means that a `MeanImputer` has learned. */
export class FittedMeanImputer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = MeanImputer.type;

  constructor(readonly state: MeanImputerState) {}

  /**
   * @throws `column-name` or `column-kind` where a column of `fit` is not there as it was; `column-name` where there is one
   *   of an indicator's name.
   */
  transform(x: Table): Table {
    return fillTable(x, { values: this.state.means, ...this.state }, fillNumbers);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileFills(schema, { values: this.state.means, ...this.state }, 'numeric');
  }

  describe(): string {
    return `MeanImputer: means ${numberList(this.state.means)}${describeExtras(this.state)}`;
  }
}
