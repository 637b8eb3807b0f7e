import { exp, expm1, log } from '@churn/core';
import { LazyGram } from '../linear/lazy-gram.js';
import { combine, type Loss } from '../linear/loss.js';
import { dot } from '../linear/weighted-gram.js';

/** The data of the deviance: target values, weights, and an offset added to all scores. */
export interface TweedieRows {
  /** The columns of the design matrix X; an intercept is a column of ones. */
  readonly columns: readonly Float64Array[];
  /** The target values: non-negative for a power of 1 or more, positive for a power of 2 or more. */
  readonly y: Float64Array;
  readonly weights: Float64Array;
  readonly offset: number;
}

/**
 * Half the Tweedie deviance `½ Σ v_i d(y_i, exp(z_i))` with z = X w + offset: the power 1 (Poisson) is for counts, the power 2 (Gamma) for
 * values whose standard deviation grows with their mean, and powers in between for sums of such values, which may be 0.
 *
 * Second derivatives are exact for powers from 1 to 2, where they cannot be negative. For others, expected ones are used (Fisher scoring)
 * until they make little progress and exact ones are requested.
 *
 * Jørgensen, "The theory of dispersion models", 1997.
 */
export class TweedieLoss implements Loss {
  readonly size: number;
  readonly #power: number;
  readonly #rows: TweedieRows;
  #logs: Float64Array | undefined;
  readonly #gram: LazyGram;

  /** @param power 0, or at least 1. */
  constructor(power: number, rows: TweedieRows) {
    this.size = rows.columns.length;
    this.#power = power;
    this.#rows = rows;
    this.#gram = new LazyGram(rows.columns);
  }

  /** The scores without the offset. */
  scores(w: Float64Array): Float64Array {
    return combine(this.#rows.columns, w, new Float64Array(this.#rows.y.length));
  }

  value(z: Float64Array): number {
    const { y, weights, offset } = this.#rows;
    this.#logs ??= y.map((value) => (value > 0 ? log(value) : 0));
    const logs = this.#logs;
    let sum = 0;
    for (let i = 0; i < z.length; i++) sum += weights[i] * this.#halfDeviance(y[i], logs[i], z[i] + offset);
    return sum;
  }

  gradient(z: Float64Array): Float64Array {
    const slopes = this.slopes(z);
    return Float64Array.from(this.#rows.columns, (column) => dot(column, slopes));
  }

  /** The derivative of the loss with respect to each score. */
  slopes(z: Float64Array): Float64Array {
    const { y, weights, offset } = this.#rows;
    const slopes = new Float64Array(z.length);
    for (let i = 0; i < z.length; i++) {
      const score = z[i] + offset;
      slopes[i] = weights[i] * this.#shrunk(score) * (exp(score) - y[i]);
    }
    return slopes;
  }

  hessian(z: Float64Array, working: readonly number[], drift: number): Float64Array {
    return this.#gram.at(this.#curvatures(z, drift === 0), working, drift);
  }

  hessianTimes(z: Float64Array): (v: Float64Array) => Float64Array {
    const curvatures = this.#curvatures(z, false);
    return (v) => {
      const along = this.scores(v);
      for (let i = 0; i < along.length; i++) along[i] *= curvatures[i];
      return Float64Array.from(this.#rows.columns, (column) => dot(column, along));
    };
  }

  #halfDeviance(y: number, logY: number, score: number): number {
    const p = this.#power;
    if (p === 0) return 0.5 * (y - exp(score)) * (y - exp(score));
    if (p === 1) return exp(score) - y + (y > 0 ? y * (logY - score) : 0);
    if (p === 2) return expm1(logY - score) - (logY - score);
    const ofY = y > 0 ? exp((2 - p) * logY) / ((1 - p) * (2 - p)) : 0;
    return ofY - (y * exp((1 - p) * score)) / (1 - p) + exp((2 - p) * score) / (2 - p);
  }

  #curvatures(z: Float64Array, asTheyAre: boolean): Float64Array {
    const { y, weights, offset } = this.#rows;
    const p = this.#power;
    const isExact = asTheyAre || (p >= 1 && p <= 2);
    const curvatures = new Float64Array(z.length);
    for (let i = 0; i < z.length; i++) {
      const score = z[i] + offset;
      const shrunk = this.#shrunk(score);
      const expected = exp(score) * shrunk;
      curvatures[i] = weights[i] * (isExact ? (2 - p) * expected + (p - 1) * y[i] * shrunk : expected);
    }
    return curvatures;
  }

  /** The mean to the power `1 - p`. */
  #shrunk(score: number): number {
    return this.#power === 1 ? 1 : exp((1 - this.#power) * score);
  }
}
