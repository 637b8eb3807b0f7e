import { exp, log } from '@churn/core';
import { ClassProducts } from './class-products.js';
import type { Loss } from './loss.js';
import { weightedGram, weightedProducts } from './weighted-gram.js';

/**
 * The softmax loss `Σ v_i (log Σ_c exp(z_ic) - z_i,y_i)` with `z_c = X w_c`, of rows of k classes. The coefficients of a
 * class follow those of the one before it, and so do its scores.
 */
export class MultinomialLoss implements Loss {
  readonly size: number;
  readonly #columns: readonly Float64Array[];
  readonly #codes: ArrayLike<number>;
  readonly #k: number;
  readonly #weights: Float64Array;
  readonly #products: ClassProducts;
  #gram: Float64Array | undefined;
  /** The last scores requested, and their probabilities. */
  #last: { readonly z: Float64Array; readonly probabilities: Float64Array } | undefined;

  /**
   * @param columns the columns of the design matrix X; an intercept is a column of ones.
   * @param codes the class of each row, from 0 to k - 1.
   * @param weights v, the weight of each row; default 1 for each.
   */
  constructor(columns: readonly Float64Array[], codes: ArrayLike<number>, k: number, weights?: Float64Array) {
    this.size = columns.length * k;
    this.#columns = columns;
    this.#codes = codes;
    this.#k = k;
    this.#weights = weights ?? new Float64Array(codes.length).fill(1);
    this.#products = new ClassProducts(columns, codes.length, k, this.#weights);
  }

  scores(w: Float64Array): Float64Array {
    return this.#products.times(w);
  }

  value(z: Float64Array): number {
    const n = this.#codes.length;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const of = z[this.#codes[i] * n + i];
      let largest = of;
      for (let c = 0; c < this.#k; c++) largest = Math.max(largest, z[c * n + i]);
      let total = 0;
      for (let c = 0; c < this.#k; c++) total += exp(z[c * n + i] - largest);
      sum += this.#weights[i] * (largest - of + log(total));
    }
    return sum;
  }

  gradient(z: Float64Array): Float64Array {
    const n = this.#codes.length;
    const residuals = this.#probabilities(z).slice();
    for (let i = 0; i < n; i++) residuals[this.#codes[i] * n + i] -= 1;
    return this.#transposed(residuals);
  }

  /** The blocks are `Xᵀ diag(v p_a (δ_ab - p_b)) X`. */
  hessian(z: Float64Array, working: readonly number[]): Float64Array {
    const n = this.#codes.length;
    const p = this.#columns.length;
    const m = working.length;
    const probabilities = this.#probabilities(z);
    // The indices in `working` of each class's coefficients.
    const places = Array.from({ length: this.#k }, (): number[] => []);
    working.forEach((j, place) => {
      places[Math.floor(j / p)].push(place);
    });
    const parts = places.map((of) => of.map((place) => this.#columns[working[place] % p]));
    const hessian = new Float64Array(m * m);
    const weights = new Float64Array(n);
    for (let a = 0; a < this.#k; a++) {
      for (let b = a; b < this.#k; b++) {
        for (let i = 0; i < n; i++) {
          const other = a === b ? 1 - probabilities[a * n + i] : -probabilities[b * n + i];
          weights[i] = this.#weights[i] * probabilities[a * n + i] * other;
        }
        const block =
          a === b ? weightedGram(parts[a], weights) : weightedProducts(parts[a], parts[b], weights);
        const width = parts[b].length;
        places[a].forEach((row, r) => {
          places[b].forEach((column, c) => {
            hessian[row * m + column] = block[r * width + c];
            hessian[column * m + row] = block[r * width + c];
          });
        });
      }
    }
    return hessian;
  }

  hessianTimes(z: Float64Array): (v: Float64Array) => Float64Array {
    const probabilities = this.#probabilities(z);
    return (v) => this.#products.curvedTimes(probabilities, v);
  }

  /** One Gram matrix of the columns, scaled for each class by its mean of `p (1 - p)`. */
  diagonalBlocks(z: Float64Array): Float64Array[] {
    const n = this.#codes.length;
    const probabilities = this.#probabilities(z);
    this.#gram ??= weightedGram(this.#columns, this.#weights);
    const gram = this.#gram;
    const all = this.#weights.reduce((sum, weight) => sum + weight, 0);
    return Array.from({ length: this.#k }, (_, c) => {
      let share = 0;
      for (let i = 0; i < n; i++) {
        const q = probabilities[c * n + i];
        share += this.#weights[i] * q * (1 - q);
      }
      return gram.map((value) => (share / all) * value);
    });
  }

  /** A step requests the gradient and second derivatives at the same scores. */
  #probabilities(z: Float64Array): Float64Array {
    const last = this.#last;
    if (last && z.every((value, at) => value === last.z[at])) return last.probabilities;
    const probabilities = this.#products.softmax(z);
    this.#last = { z: z.slice(), probabilities };
    return probabilities;
  }

  /** Xᵀ times the weighted vector of each class, which is overwritten. */
  #transposed(values: Float64Array): Float64Array {
    const n = this.#codes.length;
    for (let c = 0; c < this.#k; c++) {
      for (let i = 0; i < n; i++) values[c * n + i] *= this.#weights[i];
    }
    return this.#products.transposedTimes(values);
  }
}
