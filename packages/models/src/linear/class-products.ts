import { type DesignEngine, PANEL } from './design-engine.js';
import { plainDesignEngine } from './plain-design-engine.js';
import { wasmDesignEngine } from './wasm-design-engine.js';

/** Products of a design matrix X of n rows and p columns with vectors of k classes, those of a class after those of the one before it. */
export class ClassProducts {
  readonly #n: number;
  readonly #p: number;
  readonly #k: number;
  readonly #engine: DesignEngine;

  /** @param columns the columns of X, each of n numbers. */
  constructor(columns: readonly Float64Array[], n: number, k: number) {
    const p = columns.length;
    this.#n = n;
    this.#p = p;
    this.#k = k;
    const sizes = { nPanels: Math.ceil(n / PANEL), nColumns: p, nGroups: Math.ceil(k / PANEL) };
    this.#engine = wasmDesignEngine(sizes) ?? plainDesignEngine(sizes);
    const { design } = this.#engine;
    columns.forEach((column, j) => {
      for (let row = 0; row < n; row++) design[((row >> 2) * p + j) * PANEL + (row & 3)] = column[row];
    });
  }

  /** `X w_c` of each class: a number a row, from a number a column. */
  times(w: Float64Array): Float64Array {
    const { coefficients, scores } = this.#engine;
    for (let c = 0; c < this.#k; c++) {
      for (let j = 0, to = this.#first(c); j < this.#p; j++, to += PANEL)
        coefficients[to] = w[c * this.#p + j];
    }
    this.#engine.score();
    const result = new Float64Array(this.#n * this.#k);
    for (let c = 0; c < this.#k; c++) {
      const from = c * this.#width;
      result.set(scores.subarray(from, from + this.#n), c * this.#n);
    }
    return result;
  }

  /** `Xᵀ v_c` of each class: a number a column, from a number a row. */
  transposedTimes(v: Float64Array): Float64Array {
    const { scores, sums } = this.#engine;
    for (let c = 0; c < this.#k; c++) {
      const to = c * this.#width;
      scores.set(v.subarray(c * this.#n, (c + 1) * this.#n), to);
      // A product before may have left numbers in rows that there are not.
      scores.fill(0, to + this.#n, to + this.#width);
    }
    this.#engine.sumUp();
    const result = new Float64Array(this.#p * this.#k);
    for (let c = 0; c < this.#k; c++) {
      for (let j = 0, from = 2 * this.#first(c); j < this.#p; j++, from += 2 * PANEL) {
        result[c * this.#p + j] = sums[from] + sums[from + 1];
      }
    }
    return result;
  }

  /** How many rows the engine has room for. */
  get #width(): number {
    return PANEL * Math.ceil(this.#n / PANEL);
  }

  /** Where the coefficients of a class begin. */
  #first(c: number): number {
    return (c >> 2) * this.#p * PANEL + (c & 3);
  }
}
