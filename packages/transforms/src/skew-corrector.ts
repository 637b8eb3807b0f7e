import { isNumber, isNumberOrNull, numberParameter, type OptionsOf, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { numberList } from './number-list.js';
import { learnNumeric, mapNumbersBothWays, observedValues } from './numeric-columns.js';
import { skewness } from './statistics/skewness.js';
import { type FittedBy, transformer } from './transformer.js';
import { fromYeoJohnson, toYeoJohnson } from './yeo-johnson.js';
import { likeliestLambda } from './yeo-johnson-likelihood.js';

const parameters = {
  /** The columns to consider; default all numeric columns. */
  columns: columnNames(),
  /** Columns whose absolute skewness is larger than this are transformed; default 0.75. */
  threshold: withDefault(numberParameter({ from: 0 }), 0.75),
};

export type SkewCorrectorOptions = OptionsOf<typeof parameters>;

/** The skewness of each column considered, `null` if it had too few values, and the power of each corrected one. */
export type SkewCorrectorState = {
  readonly skews: Readonly<Record<string, number | null>>;
  readonly lambdas: Readonly<Record<string, number>>;
};

/**
 * Transforms skewed numeric columns by Yeo-Johnson, as `PowerTransformer` does, and leaves the others unchanged.
 *
 * The skewness is adjusted for bias, as in pandas. Missing values are ignored at `fit` and stay missing.
 *
 * ```ts
 * new SkewCorrector().fit(train).state;
 * // { skews: { age: -0.05, limit: 1.67 }, lambdas: { limit: -0.29 } }
 * ```
 */
export class SkewCorrector extends transformer({
  type: 'SkewCorrector',
  parameters,
  learn(x, { columns, threshold }): SkewCorrectorState {
    const skews = learnNumeric(x, columns, skewness);
    const isSkewed = ([, skew]: [string, number | null]) => skew !== null && Math.abs(skew) > threshold;
    const lambdas = Object.entries(skews)
      .filter(isSkewed)
      .map(([name]) => [name, likeliestLambda(observedValues(x, name))]);
    return { skews, lambdas: Object.fromEntries(lambdas) };
  },
  restore(state) {
    const skews = state.record('skews', isNumberOrNull);
    const lambdas = state.record('lambdas', isNumber);
    const areSkewed = Object.keys(lambdas).every(
      (name) => Object.hasOwn(skews, name) && skews[name] !== null,
    );
    state.expect(areSkewed, 'lambdas', 'of columns that have a skewness');
    return { skews, lambdas };
  },
  apply: ({ lambdas }) => mapNumbersBothWays(lambdas, toYeoJohnson, fromYeoJohnson),
  describe: ({ lambdas }) => `lambdas ${numberList(lambdas)}`,
}) {}

/** A fitted `SkewCorrector`: the skewed columns, and their powers. */
export type FittedSkewCorrector = FittedBy<typeof SkewCorrector>;
