import { exp, log1p } from '@churn/core';
import { LazyGram } from './lazy-gram.js';
import { sigmoid } from './logistic-loss.js';
import { combine, type Loss } from './loss.js';
import { dot } from './weighted-gram.js';

/** The logistic loss `Σ v_i (log(1 + exp(z_i)) - y_i z_i)` with z = X w, of rows of two classes. */
export class BinomialLoss implements Loss {
  readonly size: number;
  readonly #columns: readonly Float64Array[];
  readonly #y: ArrayLike<number>;
  readonly #weights: Float64Array;
  readonly #gram: LazyGram;

  /**
   * @param columns the columns of the design matrix X; an intercept is a column of ones.
   * @param y the class of each row, 0 or 1.
   * @param weights v, the weight of each row; default 1 for each.
   */
  constructor(columns: readonly Float64Array[], y: ArrayLike<number>, weights?: Float64Array) {
    this.size = columns.length;
    this.#columns = columns;
    this.#y = y;
    this.#weights = weights ?? new Float64Array(y.length).fill(1);
    this.#gram = new LazyGram(columns);
  }

  scores(w: Float64Array): Float64Array {
    return combine(this.#columns, w, new Float64Array(this.#y.length));
  }

  value(z: Float64Array): number {
    const y = this.#y;
    const weights = this.#weights;
    let sum = 0;
    for (let i = 0; i < z.length; i++) {
      sum += weights[i] * (Math.max(z[i], 0) - y[i] * z[i] + log1p(exp(-Math.abs(z[i]))));
    }
    return sum;
  }

  gradient(z: Float64Array): Float64Array {
    const residuals = z.map((score, i) => this.#weights[i] * (sigmoid(score) - this.#y[i]));
    return Float64Array.from(this.#columns, (column) => dot(column, residuals));
  }

  hessian(z: Float64Array, working: readonly number[], drift: number): Float64Array {
    return this.#gram.at(this.#curvatures(z), working, drift);
  }

  hessianTimes(z: Float64Array): (v: Float64Array) => Float64Array {
    const curvatures = this.#curvatures(z);
    return (v) => {
      const along = this.scores(v);
      for (let i = 0; i < along.length; i++) along[i] *= curvatures[i];
      return Float64Array.from(this.#columns, (column) => dot(column, along));
    };
  }

  #curvatures(z: Float64Array): Float64Array {
    const weights = this.#weights;
    return z.map((score, i) => {
      const p = sigmoid(score);
      return weights[i] * p * (1 - p);
    });
  }
}
