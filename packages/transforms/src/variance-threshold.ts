import { isNumberOrNull, numberParameter, type OptionsOf, square, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { learnNumeric } from './numeric-columns.js';
import { dropping } from './select-row.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to look at; without it all numeric ones. */
  columns: columnNames(),
  /** A column goes where its variance is not above this; default 0. */
  threshold: withDefault(numberParameter({ from: 0 }), 0),
};

export type VarianceThresholdOptions = OptionsOf<typeof parameters>;

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
export class VarianceThreshold extends transformer({
  type: 'VarianceThreshold',
  parameters,
  learn: (x, { columns, threshold }): VarianceThresholdState => ({
    threshold,
    variances: learnNumeric(x, columns, variance),
  }),
  restore: (state) => ({
    threshold: state.number('threshold', { from: 0 }),
    variances: state.record('variances', isVarianceOrNull),
  }),
  apply: (state) => dropping(dropped(state)),
  describe: (state) => `dropped ${nameList(dropped(state))}, of variance up to ${state.threshold}`,
}) {}

/** The variances that a `VarianceThreshold` has learned. A column that goes is not missed where it is not there. */
export type FittedVarianceThreshold = FittedBy<typeof VarianceThreshold>;

function dropped({ threshold, variances }: VarianceThresholdState): string[] {
  return Object.entries(variances)
    .filter(([, value]) => value !== null && value <= threshold)
    .map(([name]) => name);
}

/** The population variance, at most the largest number. */
function variance(values: Float64Array): number {
  return Math.min(square(standardDeviation(values)), Number.MAX_VALUE);
}

function isVarianceOrNull(value: unknown): value is number | null {
  return isNumberOrNull(value) && (value === null || value >= 0);
}
