import { type DesignEngine, PANEL } from './design-engine.js';
import { plainDesignEngine } from './plain-design-engine.js';
import { wasmDesignEngine } from './wasm-design-engine.js';

/**
 * Products of a design matrix X of n rows and p columns with vectors of k classes, and the values in between; the values of classes are
 * stored one after another.
 */
export class ClassProducts {
  readonly #n: number;
  readonly #p: number;
  readonly #k: number;
  readonly #engine: DesignEngine;

  /**
   * @param columns the columns of X, each of n numbers.
   * @param weights the weight of each row in `curvedTimes`.
   */
  constructor(columns: readonly Float64Array[], n: number, k: number, weights: Float64Array) {
    const p = columns.length;
    this.#n = n;
    this.#p = p;
    this.#k = k;
    const sizes = { nPanels: Math.ceil(n / PANEL), nColumns: p, nGroups: Math.ceil(k / PANEL), nClasses: k };
    this.#engine = wasmDesignEngine(sizes) ?? plainDesignEngine(sizes);
    const { design } = this.#engine;
    this.#engine.weights.set(weights);
    columns.forEach((column, j) => {
      for (let row = 0; row < n; row++) design[((row >> 2) * p + j) * PANEL + (row & 3)] = column[row];
    });
  }

  /** `X w_c` of each class: one number per row, from one number per column. */
  times(w: Float64Array): Float64Array {
    this.#score(w);
    return this.#perRow(this.#engine.scores);
  }

  /** `Xᵀ v_c` of each class: one number per column, from one number per row. */
  transposedTimes(v: Float64Array): Float64Array {
    this.#setPerRow(this.#engine.scores, v);
    return this.#sums();
  }

  /** The softmax `exp(z_c) / Σ_b exp(z_b)` of each row. */
  softmax(z: Float64Array): Float64Array {
    this.#setPerRow(this.#engine.scores, z);
    this.#engine.soften();
    return this.#perRow(this.#engine.shares);
  }

  /** `Xᵀ diag(weights) (diag(p) - p pᵀ) X w` with the probabilities p of each row: the product with the Hessian of the softmax loss. */
  curvedTimes(probabilities: Float64Array, w: Float64Array): Float64Array {
    this.#score(w);
    this.#setPerRow(this.#engine.shares, probabilities);
    this.#engine.curve();
    return this.#sums();
  }

  #score(w: Float64Array): void {
    const { coefficients } = this.#engine;
    for (let c = 0; c < this.#k; c++) {
      for (let j = 0, to = this.#first(c); j < this.#p; j++, to += PANEL)
        coefficients[to] = w[c * this.#p + j];
    }
    this.#engine.score();
  }

  #sums(): Float64Array {
    this.#engine.sumUp();
    const { sums } = this.#engine;
    const result = new Float64Array(this.#p * this.#k);
    for (let c = 0; c < this.#k; c++) {
      for (let j = 0, from = 2 * this.#first(c); j < this.#p; j++, from += 2 * PANEL) {
        result[c * this.#p + j] = sums[from] + sums[from + 1];
      }
    }
    return result;
  }

  /** The numbers of existing rows, without padding. */
  #perRow(values: Float64Array): Float64Array {
    const result = new Float64Array(this.#n * this.#k);
    for (let c = 0; c < this.#k; c++) {
      const from = c * this.#width;
      result.set(values.subarray(from, from + this.#n), c * this.#n);
    }
    return result;
  }

  #setPerRow(values: Float64Array, given: Float64Array): void {
    for (let c = 0; c < this.#k; c++) {
      const to = c * this.#width;
      values.set(given.subarray(c * this.#n, (c + 1) * this.#n), to);
      // An earlier product may have left numbers in padding rows.
      values.fill(0, to + this.#n, to + this.#width);
    }
  }

  /** The number of rows of the engine, including padding. */
  get #width(): number {
    return PANEL * Math.ceil(this.#n / PANEL);
  }

  /** The offset of the coefficients of a class. */
  #first(c: number): number {
    return (c >> 2) * this.#p * PANEL + (c & 3);
  }
}
