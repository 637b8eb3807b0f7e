import {
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  isNumberOrNull,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { numberList } from './number-list.js';
import { learnNumeric, mapNumeric, mapNumericRow, observedValues } from './numeric-columns.js';
import { skewness } from './statistics/skewness.js';
import { inverseYeoJohnsonAll, yeoJohnson, yeoJohnsonAll } from './yeo-johnson.js';
import { likeliestLambda } from './yeo-johnson-likelihood.js';

export interface SkewCorrectorOptions extends ColumnsOption {
  /** Columns whose skewness is larger than this, in either direction, are transformed; default 0.75. */
  readonly threshold?: number;
}

/** The skewness of each column looked at, `null` where it had too few values, and the power of each corrected one. */
export type SkewCorrectorState = {
  readonly skews: Readonly<Record<string, number | null>>;
  readonly lambdas: Readonly<Record<string, number>>;
};

/**
 * Transforms the skewed ones among numeric columns by Yeo-Johnson, as `PowerTransformer` does, and leaves the others.
 *
 * The skewness is the one of pandas, adjusted for bias. Missing values are passed over at `fit` and stay missing.
 *
 * ```ts
 * new SkewCorrector().fit(train).state;
 * // { skews: { age: -0.05, limit: 1.67 }, lambdas: { limit: -0.29 } }
 * ```
 */
export class SkewCorrector implements Transformer<FittedSkewCorrector> {
  readonly role = 'transformer';
  static readonly type = 'SkewCorrector';
  readonly columns?: readonly string[];
  readonly threshold: number;

  /**
   * @param options `columns`: the columns to look at; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, threshold = 0.75 }: SkewCorrectorOptions = {}) {
    requireParameter(isNumber(threshold) && threshold >= 0, 'threshold', 'a number from 0', threshold);
    this.columns = chosenColumns(columns);
    this.threshold = threshold;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedSkewCorrector {
    const skews = state.record('skews', isNumberOrNull);
    const lambdas = state.record('lambdas', isNumber);
    const areSkewed = Object.keys(lambdas).every(
      (name) => Object.hasOwn(skews, name) && skews[name] !== null,
    );
    state.expect(areSkewed, 'lambdas', 'of columns that have a skewness');
    return new FittedSkewCorrector({ skews, lambdas });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedSkewCorrector {
    const skews = learnNumeric(x, this.columns, skewness);
    const lambdas = Object.fromEntries(
      Object.entries(skews)
        .filter(([, skew]) => skew !== null && Math.abs(skew) > this.threshold)
        .map(([name]) => [name, likeliestLambda(observedValues(x, name))]),
    );
    return new FittedSkewCorrector({ skews, lambdas });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `SkewCorrector` has found skewed, and their powers. */
export class FittedSkewCorrector implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = SkewCorrector.type;

  constructor(readonly state: SkewCorrectorState) {}

  /** @throws `column-name` or `column-kind` where a column to be transformed is not there as numbers. */
  transform(x: Table): Table {
    return mapNumeric(x, this.state.lambdas, yeoJohnsonAll);
  }

  /** Gives the values of the corrected columns back. */
  inverseTransform(x: Table): Table {
    return mapNumeric(x, this.state.lambdas, inverseYeoJohnsonAll);
  }

  compileRow(schema: TableSchema): RowStep {
    return mapNumericRow(schema, this.state.lambdas, (lambda) => (value) => yeoJohnson(value, lambda));
  }

  describe(): string {
    return `SkewCorrector: lambdas ${numberList(this.state.lambdas)}`;
  }
}
