import {
  type FittedTransformer,
  fitThenTransform,
  isNumberOrNull,
  type RowStep,
  requireParameter,
  type StateReader,
  square,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { learnNumeric } from './numeric-columns.js';
import { dropFromRow } from './select-row.js';
import { standardDeviation } from './statistics/standard-deviation.js';

export interface VarianceThresholdOptions extends ColumnsOption {
  /** A column goes where its variance is not above this; default 0. */
  readonly threshold?: number;
}

/** The variance of each column, `null` where it had no value, and what it must exceed. */
export type VarianceThresholdState = {
  readonly threshold: number;
  readonly variances: Readonly<Record<string, number | null>>;
};

/**
 * Removes numeric columns whose variance (divisor n) at `fit` is not above `threshold`, missing values left out. A column
 * without a value at `fit` stays as it is.
 *
 * The variance depends on the unit of a column: 0 is the only threshold that means the same for all.
 */
export class VarianceThreshold implements Transformer<FittedVarianceThreshold> {
  readonly role = 'transformer';
  static readonly type = 'VarianceThreshold';
  readonly columns?: readonly string[];
  readonly threshold: number;

  /**
   * @param options `columns`: the columns to look at; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, threshold = 0 }: VarianceThresholdOptions = {}) {
    requireParameter(isThreshold(threshold), 'threshold', 'a number from 0', threshold);
    this.columns = chosenColumns(columns);
    this.threshold = threshold;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedVarianceThreshold {
    return new FittedVarianceThreshold({
      threshold: state.number('threshold', { from: 0 }),
      variances: state.record('variances', isVarianceOrNull),
    });
  }

  /** @throws `column-name` or `column-kind` for a column that is not there as numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedVarianceThreshold {
    const variances = learnNumeric(x, this.columns, variance);
    return new FittedVarianceThreshold({ threshold: this.threshold, variances });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The variances that a `VarianceThreshold` has learned. A column that goes is not missed where it is not there. */
export class FittedVarianceThreshold implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = VarianceThreshold.type;
  readonly #dropped: readonly string[];

  constructor(readonly state: VarianceThresholdState) {
    this.#dropped = Object.entries(state.variances)
      .filter(([, value]) => value !== null && value <= state.threshold)
      .map(([name]) => name);
  }

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return this.#dropped;
  }

  transform(x: Table): Table {
    return x.drop(this.#dropped);
  }

  compileRow(schema: TableSchema): RowStep {
    return dropFromRow(schema, this.#dropped);
  }

  describe(): string {
    return `VarianceThreshold: dropped ${nameList(this.#dropped)}, of variance up to ${this.state.threshold}`;
  }
}

/** The population variance, at most the largest number. */
function variance(values: Float64Array): number {
  return Math.min(square(standardDeviation(values)), Number.MAX_VALUE);
}

function isVarianceOrNull(value: unknown): value is number | null {
  return isNumberOrNull(value) && (value === null || value >= 0);
}

function isThreshold(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
