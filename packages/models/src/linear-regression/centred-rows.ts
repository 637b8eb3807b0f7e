import {
  ChurnError,
  type FitOptions,
  requireTargetPerRow,
  sampleWeights,
  type Table,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { dot, weightedGram } from '../linear/weighted-gram.js';
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
}

/**
 * The rows of nonzero weight, validated.
 *
 * @throws `invalid-target` if a target value is missing or infinite; `invalid-data` if there are no rows, a value is missing or infinite,
 * or `y` or the sample weights differ in length from `x`; `column-kind` if a column has categories.
 */
export function checkedRows({ x, y, options = {} }: GivenRows): CheckedRows {
  const amounts = TargetValues.from(y);
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
  #columns: readonly Float64Array[] | undefined;
  #y: Float64Array | undefined;
  #products: CentredProducts | undefined;
  #deviations: readonly number[] | undefined;

  /** @throws `invalid-target` if the squares of the target values overflow. */
  constructor(
    { features, columns, y, weights, weightUnit }: CheckedRows,
    readonly fitIntercept: boolean,
  ) {
    this.features = features;
    this.given = columns;
    this.amounts = y;
    this.weights = weights;
    this.weightUnit = weightUnit;
    this.totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
    this.means = columns.map((column) => dot(column, weights) / this.totalWeight);
    this.yMean = dot(y, weights) / this.totalWeight;
    this.centres = fitIntercept ? this.means : columns.map(() => 0);
    if (!Number.isFinite(weightedSquares(y, weights))) {
      throw new ChurnError('invalid-target', 'the target values are too large; scale them first');
    }
    this.square = weightedSquares(y, weights, this.#yCentre);
  }

  /**
   * The standard deviation of each column.
   * @throws `invalid-data` if the squares of a column are too large, as `products` does.
   */
  get deviations(): readonly number[] {
    this.#deviations ??= this.#spreads();
    return this.#deviations;
  }

  #spreads(): number[] {
    const p = this.given.length;
    const products = this.fitIntercept ? this.#products : undefined;
    const squares = this.given.map((column, j) =>
      products ? products.gram[j * p + j] : weightedSquares(column, this.weights, this.means[j]),
    );
    this.#requireSquares(squares);
    return squares.map((square, j) => {
      const deviation = Math.sqrt(square / this.totalWeight);
      // A constant column may have a nonzero deviation by rounding.
      return deviation > 1e-14 * Math.abs(this.means[j]) ? deviation : 0;
    });
  }

  #requireSquares(squares: readonly number[]): void {
    const wrong = squares.findIndex((square) => !Number.isFinite(square));
    if (wrong < 0) return;
    throw new ChurnError(
      'invalid-data',
      `column "${this.features[wrong]}": the values are too large; scale the columns first`,
    );
  }

  get #yCentre(): number {
    return this.fitIntercept ? this.yMean : 0;
  }

  /**
   * Copies of the columns, each minus its mean if there is an intercept; computed only if products do not suffice.
   * @throws as `deviations`.
   */
  get columns(): readonly Float64Array[] {
    this.#deviations ??= this.#spreads();
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
   * @throws as `deviations`.
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
    this.#requireSquares(this.given.map((_, j) => gram[j * p + j]));
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

// Plain loops, since a function call per number is slow for many rows.

function minus(values: Float64Array, mean: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i] - mean;
  return result;
}

/** `Σ v_i (x_i - c)²`. */
export function weightedSquares(values: Float64Array, weights: Float64Array, centre = 0): number {
  let even = 0;
  let odd = 0;
  let i = 0;
  for (; i + 1 < values.length; i += 2) {
    const a = values[i] - centre;
    const b = values[i + 1] - centre;
    even += weights[i] * a * a;
    odd += weights[i + 1] * b * b;
  }
  if (i < values.length) {
    const a = values[i] - centre;
    even += weights[i] * a * a;
  }
  return even + odd;
}
