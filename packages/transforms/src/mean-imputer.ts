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
import { mean } from './statistics/mean.js';

/** The mean of each column; `null` where it had no value. */
export type MeanImputerState = { readonly means: Readonly<Record<string, number | null>> };

/**
 * Fills the missing values of numeric columns with the mean of the values at `fit`.
 *
 * A column without a value at `fit` has no mean: it stays as it is.
 *
 * ```ts
 * new MeanImputer({ columns: ['Customer_Age'] }).fit(train).state; // { means: { Customer_Age: 46.3 } }
 * ```
 */
export class MeanImputer implements Transformer<FittedMeanImputer> {
  static readonly type = 'MeanImputer';
  readonly columns?: readonly string[];

  /**
   * @param options.columns the columns to fill; without it all numeric ones.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedMeanImputer {
    return new FittedMeanImputer({ means: state.record('means', isNumberOrNull) });
  }

  /** @throws `column-name` or `column-kind` for a column that cannot be filled; `invalid-data` for an infinite value. */
  fit(x: Table): FittedMeanImputer {
    return new FittedMeanImputer({ means: learnNumeric(x, this.columns, mean) });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The means that a `MeanImputer` has learned. */
export class FittedMeanImputer implements FittedTransformer {
  readonly type = MeanImputer.type;

  constructor(readonly state: MeanImputerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    return mapNumeric(x, this.state.means, fillMissing);
  }

  compileRow(schema: TableSchema): RowStep {
    return mapNumericRow(schema, this.state.means, fillMissingValue);
  }

  describe(): string {
    return `MeanImputer: means ${numberList(this.state.means)}`;
  }
}
