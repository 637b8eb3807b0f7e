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

/** The median of each column; `null` where it had no value. */
export type MedianImputerState = FillExtras<number> & {
  readonly medians: Readonly<Record<string, number | null>>;
};

/**
 * Fills the missing values of numeric columns with the median of the values at `fit`, of all rows or of those of the same
 * group: of an even number of values the mean of the middle two.
 *
 * A column without a value at `fit` has no median: it stays as it is.
 *
 * ```ts
 * new MedianImputer({ columns: ['Credit_Limit'] }).fit(train).state; // { medians: { Credit_Limit: 4515 } }
 * new MedianImputer({ groupBy: 'Card_Category', addIndicator: true });
 * ```
 */
export class MedianImputer implements Transformer<FittedMedianImputer> {
  readonly role = 'transformer';
  static readonly type = 'MedianImputer';
  readonly columns?: readonly string[];
  readonly groupBy?: string;
  readonly addIndicator: boolean;

  /**
   * @param options.columns the columns to fill; without it all numeric ones.
   * @param options.groupBy a category column: rows of one level of it have a median of their own.
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
  static restore(state: StateReader): FittedMedianImputer {
    const { values: medians, ...extras } = restoreFills(state, 'medians', isNumber);
    return new FittedMedianImputer({ medians, ...extras });
  }

  /**
   * @throws `column-name` or `column-kind` for a column that cannot be filled or grouped by; `column-name` where there is
   *   one of an indicator's name; `invalid-data` for an infinite value.
   */
  fit(x: Table): FittedMedianImputer {
    const { values: medians, ...extras } = learnNumericFills(x, this, median);
    return new FittedMedianImputer({ medians, ...extras });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The medians that a `MedianImputer` has learned. */
export class FittedMedianImputer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = MedianImputer.type;

  constructor(readonly state: MedianImputerState) {}

  /**
   * @throws `column-name` or `column-kind` where a column of `fit` is not there as it was; `column-name` where there is one
   *   of an indicator's name.
   */
  transform(x: Table): Table {
    return fillTable(x, { values: this.state.medians, ...this.state }, fillNumbers);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileFills(schema, { values: this.state.medians, ...this.state }, 'numeric');
  }

  describe(): string {
    return `MedianImputer: medians ${numberList(this.state.medians)}${describeExtras(this.state)}`;
  }
}

/** The middle one of the sorted values, of an even number the mean of the middle two. */
function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  const sum = low + high;
  // Of two values near the largest number the sum is beyond it, the mean is not.
  return Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2;
}
