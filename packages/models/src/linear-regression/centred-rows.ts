import {
  Amounts,
  type AmountsLike,
  ChurnError,
  type FitOptions,
  requireTargetPerRow,
  sampleWeights,
  type Table,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { dot } from '../linear/weighted-gram.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { weightedRows } from '../weighted-rows.js';

/** The training rows of a linear model of amounts, each of weight above 0, with the means taken off where there is an intercept. */
export interface CentredRows {
  readonly features: readonly string[];
  /** The columns, each minus its mean where there is an intercept. */
  readonly columns: readonly Float64Array[];
  /** The amounts, minus their mean where there is an intercept. */
  readonly y: Float64Array;
  /** The amounts as they came. */
  readonly amounts: Float64Array;
  /** How much each row counts, in units of `weightUnit`. */
  readonly weights: Float64Array;
  readonly weightUnit: number;
  /** The sum of `weights`. */
  readonly totalWeight: number;
  /** The mean of each column, whether or not it was taken off. */
  readonly means: readonly number[];
  /** The standard deviation of each column. */
  readonly deviations: readonly number[];
  /** The mean of the amounts. */
  readonly yMean: number;
  readonly fitIntercept: boolean;
}

/** Rows, amounts and weights as `fit` is given them. */
export interface GivenRows {
  readonly x: Table;
  readonly y: AmountsLike;
  readonly options: FitOptions | undefined;
}

/** What was checked of them once; by `centre`, rows with and without an intercept follow. */
export interface CheckedRows {
  readonly features: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly y: Float64Array;
  readonly weights: Float64Array;
  readonly weightUnit: number;
}

/**
 * The rows that weigh anything, checked.
 *
 * @throws `invalid-target` where an amount is missing or infinite; `invalid-data` where there are no rows, a value is missing or
 *   infinite, or `y` or the sample weights are not one per row; `column-kind` where a column has categories.
 */
export function checkedRows({ x, y, options = {} }: GivenRows): CheckedRows {
  const amounts = Amounts.from(y);
  requireTargetPerRow(x, amounts);
  if (amounts.length === 0) throw new ChurnError('invalid-data', 'expected one or more rows, got none');
  const columns = designMatrix(x, x.names);
  const given = sampleWeights(options, x.nRows);
  const rows = weightedRows(given);
  const taken = (values: Float64Array) => (rows ? Float64Array.from(rows, (row) => values[row]) : values);
  const unit = given ? weightUnit(given) : 1;
  return {
    features: x.names,
    columns: columns.map(taken),
    y: taken(amounts.values),
    weights: given ? inUnit(taken(given), unit) : new Float64Array(x.nRows).fill(1),
    weightUnit: unit,
  };
}

/** @throws `invalid-data` where the squares of a column, or of the amounts, are too large to compute with. */
export function centre(checked: CheckedRows, fitIntercept: boolean): CentredRows {
  const { features, columns, y, weights } = checked;
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const means = columns.map((column) => dot(column, weights) / totalWeight);
  const yMean = dot(y, weights) / totalWeight;
  const centred = columns.map((column, j) => minus(column, means[j]));
  const deviations = centred.map((column) => Math.sqrt(weightedSquares(column, weights) / totalWeight));
  const wrong = deviations.findIndex((deviation) => !Number.isFinite(deviation));
  if (wrong >= 0) {
    throw new ChurnError(
      'invalid-data',
      `column "${features[wrong]}": the values are too large to compute with; scale the columns first`,
    );
  }
  if (!Number.isFinite(weightedSquares(y, weights))) {
    throw new ChurnError('invalid-target', 'the amounts are too large to compute with; scale them first');
  }
  return {
    ...checked,
    columns: fitIntercept ? centred : columns,
    y: fitIntercept ? minus(y, yMean) : y,
    amounts: y,
    totalWeight,
    means,
    // What rounding leaves of a constant column is no deviation.
    deviations: deviations.map((deviation, j) => (deviation > 1e-14 * Math.abs(means[j]) ? deviation : 0)),
    yMean,
    fitIntercept,
  };
}

// By loops: for each number of many rows a call would show.

function minus(values: Float64Array, mean: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i] - mean;
  return result;
}

/** `Σ v_i x_i²`. */
export function weightedSquares(values: Float64Array, weights: Float64Array): number {
  let [even, odd] = [0, 0];
  let i = 0;
  for (; i + 1 < values.length; i += 2) {
    even += weights[i] * values[i] * values[i];
    odd += weights[i + 1] * values[i + 1] * values[i + 1];
  }
  if (i < values.length) even += weights[i] * values[i] * values[i];
  return even + odd;
}
