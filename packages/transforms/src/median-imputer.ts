import {
  type FittedTransformer,
  fitThenTransform,
  isNumberOrNull,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { fillMissing, fillMissingValue } from './fill-missing.js';
import { numberList } from './number-list.js';
import { learnNumeric, mapNumeric, mapNumericRow } from './numeric-columns.js';
import { quantiles } from './statistics/quantile.js';

/** The median of each column; `null` where it had no value. */
export type MedianImputerState = { readonly medians: Readonly<Record<string, number | null>> };

/**
 * Fills the missing values of numeric columns with the median of the values at `fit`: of an even number of values the mean
 * of the middle two.
 *
 * A column without a value at `fit` has no median: it stays as it is.
 *
 * ```ts
 * new MedianImputer({ columns: ['Credit_Limit'] }).fit(train).state; // { medians: { Credit_Limit: 4515 } }
 * ```
 */
export class MedianImputer implements Transformer<FittedMedianImputer> {
  static readonly type = 'MedianImputer';
  readonly columns?: readonly string[];

  /**
   * @param options.columns the columns to fill; without it all numeric ones.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedMedianImputer {
    return new FittedMedianImputer({ medians: state.record('medians', isNumberOrNull) });
  }

  /** @throws `column-name` or `column-kind` for a column that cannot be filled; `invalid-data` for an infinite value. */
  fit(x: Table): FittedMedianImputer {
    return new FittedMedianImputer({
      medians: learnNumeric(x, this.columns, (values) => quantiles(values, [0.5])[0]),
    });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The medians that a `MedianImputer` has learned. */
export class FittedMedianImputer implements FittedTransformer {
  readonly type = MedianImputer.type;

  constructor(readonly state: MedianImputerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    return mapNumeric(x, this.state.medians, fillMissing);
  }

  compileRow(schema: TableSchema): RowStep {
    return mapNumericRow(schema, this.state.medians, fillMissingValue);
  }

  describe(): string {
    return `MedianImputer: medians ${numberList(this.state.medians)}`;
  }
}
