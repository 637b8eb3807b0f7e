import { isNumberOrNull, numberParameter, type OptionsOf, square, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { learnNumeric } from './numeric-columns.js';
import { dropping } from './select-row.js';
import { standardDeviation } from './statistics/standard-deviation.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to consider; default all numeric columns. */
  columns: columnNames(),
  /** A column is removed if its variance is not above this; default 0. */
  threshold: withDefault(numberParameter({ from: 0 }), 0),
};

export type VarianceThresholdOptions = OptionsOf<typeof parameters>;

/** The variance of each column, `null` if it had no value, and the threshold. */
export type VarianceThresholdState = {
  readonly threshold: number;
  readonly variances: Readonly<Record<string, number | null>>;
};

/**
 * Removes numeric columns whose variance (divisor n) at `fit` is not above `threshold`, ignoring missing values. A column without any
 * value at `fit` is unchanged.
 *
 * The variance depends on the unit of a column; 0 is the only threshold that means the same for all.
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

/** A fitted `VarianceThreshold`. Removed columns may be absent. */
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
