import {
  ChurnError,
  type FitOptions,
  requireTable,
  requireTargetPerRow,
  sampleWeights,
  square,
  type Table,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { weightedGram } from '../linear/weighted-gram.js';
import { type Moments, weightedMoments } from '../linear/weighted-moments.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { weightedRows } from '../weighted-rows.js';

/** Rows, target values and weights as given to `fit`. */
export interface GivenRows {
  readonly x: Table;
  readonly y: TargetValuesLike;
  readonly options: FitOptions | undefined;
}

/** The validated rows, from which `CentredRows` with and without an intercept are computed. */
export interface CheckedRows {
  readonly features: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly y: Float64Array;
  readonly weights: Float64Array;
  readonly weightUnit: number;
  /** The sum of `weights`. */
  readonly totalWeight: number;
  /** The moments of each column. */
  readonly moments: readonly Moments[];
  /** The moments of the target. */
  readonly yMoments: Moments;
}

/**
 * The rows of nonzero weight, validated.
 *
 * @throws `invalid-target` if a target value is missing or infinite, or the squares of the target values overflow; `invalid-data` if there
 * are no rows, a value is missing or infinite, the squares of a column overflow, or `y` or the sample weights differ in length from `x`;
 * `column-kind` if a column has categories.
 */
export function checkedRows({ x, y, options = {} }: GivenRows): CheckedRows {
  requireTable(x);
  const amounts = TargetValues.from(y);
  requireTargetPerRow(x, amounts);
  if (amounts.length === 0) throw new ChurnError('invalid-data', 'expected one or more rows, got none');
  const given = sampleWeights(options, x.nRows);
  const chosen = weightedRows(given);
  const taken = (values: Float64Array) => (chosen ? Float64Array.from(chosen, (row) => values[row]) : values);
  // Infinite and missing values among all rows show in their moments.
  const columns = chosen ? designMatrix(x, x.names).map(taken) : x.names.map((name) => x.numeric(name));
  const unit = given ? weightUnit(given) : 1;
  const weights = given ? inUnit(taken(given), unit) : new Float64Array(x.nRows).fill(1);
  const targets = taken(amounts.values);
  const totalWeight = sumOf(weights);
  const moments = weightedMoments([...columns, targets], weights, totalWeight);
  const yMoments = moments.splice(columns.length)[0];
  requireSquares(x, moments);
  if (!Number.isFinite(yMoments.squares + totalWeight * square(yMoments.mean))) {
    throw new ChurnError('invalid-target', 'the target values are too large; scale them first');
  }
  return {
    features: x.names,
    columns,
    y: targets,
    weights,
    weightUnit: unit,
    totalWeight,
    moments,
    yMoments,
  };
}

function requireSquares(x: Table, moments: readonly Moments[]): void {
  const wrong = moments.findIndex(({ squares }) => !Number.isFinite(squares));
  if (wrong < 0) return;
  designMatrix(x, x.names);
  throw tooLarge(x.names[wrong]);
}

function tooLarge(feature: string): ChurnError {
  return new ChurnError(
    'invalid-data',
    `column "${feature}": the values are too large; scale the columns first`,
  );
}

/**
 * The training rows of a linear regression, each with a weight above 0, with the means subtracted if there is
 * an intercept.
 */
export class CentredRows {
  readonly features: readonly string[];
  /** The weight of each row, in units of `weightUnit`. */
  readonly weights: Float64Array;
  readonly weightUnit: number;
  /** The sum of `weights`. */
  readonly totalWeight: number;
  /** The mean of each column, whether or not it is subtracted. */
  readonly means: readonly number[];
  /** The target values as given. */
  readonly amounts: Float64Array;
  /** The mean of the target. */
  readonly yMean: number;
  /** `Σ v_i y_i²` of the target, minus its mean if there is an intercept. */
  readonly square: number;
  /** The columns as given. */
  readonly given: readonly Float64Array[];
  /** The constant subtracted from each column. */
  readonly centres: readonly number[];
  /** The standard deviation of each column. */
  readonly deviations: readonly number[];
  #columns: readonly Float64Array[] | undefined;
  #y: Float64Array | undefined;
  #products: CentredProducts | undefined;

  constructor(
    { features, columns, y, weights, weightUnit, totalWeight, moments, yMoments }: CheckedRows,
    readonly fitIntercept: boolean,
  ) {
    this.features = features;
    this.given = columns;
    this.amounts = y;
    this.weights = weights;
    this.weightUnit = weightUnit;
    this.totalWeight = totalWeight;
    this.means = moments.map(({ mean }) => mean);
    this.deviations = moments.map((each) => deviationOf(each, totalWeight));
    this.yMean = yMoments.mean;
    this.centres = fitIntercept ? this.means : columns.map(() => 0);
    this.square = yMoments.squares + (fitIntercept ? 0 : totalWeight * square(yMoments.mean));
  }

  get #yCentre(): number {
    return this.fitIntercept ? this.yMean : 0;
  }

  /** Copies of the columns, each minus its mean if there is an intercept; computed only if products do not suffice. */
  get columns(): readonly Float64Array[] {
    this.#columns ??= this.fitIntercept
      ? this.given.map((column, j) => minus(column, this.means[j]))
      : this.given;
    return this.#columns;
  }

  /** The target values, minus their mean if there is an intercept. */
  get y(): Float64Array {
    this.#y ??= this.fitIntercept ? minus(this.amounts, this.yMean) : this.amounts;
    return this.#y;
  }

  /**
   * The weighted products of the columns with each other and with the target; no centred copy is made.
   * @throws `invalid-data` if they overflow.
   */
  get products(): CentredProducts {
    this.#products ??= this.#sumProducts();
    return this.#products;
  }

  #sumProducts(): CentredProducts {
    const p = this.given.length;
    const all = weightedGram([...this.given, this.amounts], this.weights, [...this.centres, this.#yCentre]);
    const gram = new Float64Array(p * p);
    for (let j = 0; j < p; j++) gram.set(all.subarray(j * (p + 1), j * (p + 1) + p), j * p);
    const wrong = this.features.findIndex((_, j) => !Number.isFinite(gram[j * p + j]));
    if (wrong >= 0) throw tooLarge(this.features[wrong]);
    return { gram, withAmounts: all.slice(p * (p + 1), p * (p + 1) + p) };
  }
}

/** Sums over the rows, each times its weight. */
interface CentredProducts {
  /** The products of columns with each other, a symmetric matrix in row-major order. */
  readonly gram: Float64Array;
  /** The product of each column with the target. */
  readonly withAmounts: Float64Array;
}

function deviationOf({ mean, squares }: Moments, totalWeight: number): number {
  const deviation = Math.sqrt(squares / totalWeight);
  // A nearly constant column may have a nonzero deviation by rounding.
  return deviation > 1e-14 * Math.abs(mean) ? deviation : 0;
}

// Plain loops, since a function call per number is slow for many rows.

function minus(values: Float64Array, mean: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i] - mean;
  return result;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
