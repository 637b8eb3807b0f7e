import { weightedGram, weightedProducts } from './weighted-gram.js';

/**
 * A weighted Gram matrix that is updated for new weights: rows whose weight has hardly changed since their last update are skipped, and
 * columns are added when they are first requested.
 */
export class LazyGram {
  readonly #columns: readonly Float64Array[];
  /** The columns of the matrix, in its order. */
  #members: number[] = [];
  #matrix: Float64Array = new Float64Array(0);
  /** The weights used in the matrix. */
  #weights: Float64Array = new Float64Array(0);

  constructor(columns: readonly Float64Array[]) {
    this.#columns = columns;
  }

  /**
   * The Gram matrix of the columns `wanted`, in row-major order, with weights that differ from `weights` by no more than
   * `drift` of each; 0 for exactly these weights.
   */
  at(weights: Float64Array, wanted: readonly number[], drift: number): Float64Array {
    const changed: number[] = [];
    if (this.#members.length > 0) {
      for (let i = 0; i < weights.length; i++) {
        if (Math.abs(weights[i] - this.#weights[i]) > drift * weights[i]) changed.push(i);
      }
    }
    if (this.#members.length === 0 || changed.length > weights.length / 2) {
      this.#members = [...wanted];
      this.#matrix = weightedGram(this.#pick(wanted), weights);
      this.#weights = weights.slice();
      return this.#matrix.slice();
    }
    this.#recount(changed, weights);
    this.#admit(wanted);
    return this.#select(wanted);
  }

  #pick(members: readonly number[]): Float64Array[] {
    return members.map((j) => this.#columns[j]);
  }

  #recount(rows: readonly number[], weights: Float64Array): void {
    if (rows.length === 0) return;
    const change = Float64Array.from(rows, (i) => weights[i] - this.#weights[i]);
    const columns = this.#pick(this.#members).map((column) => {
      const taken = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i]];
      return taken;
    });
    const added = weightedGram(columns, change);
    for (let i = 0; i < added.length; i++) this.#matrix[i] += added[i];
    for (const i of rows) this.#weights[i] = weights[i];
  }

  #admit(wanted: readonly number[]): void {
    const members = new Set(this.#members);
    const fresh = wanted.filter((j) => !members.has(j));
    if (fresh.length === 0) return;
    const before = this.#members.length;
    const all = [...this.#members, ...fresh];
    const rows = weightedProducts(this.#pick(fresh), this.#pick(all), this.#weights);
    const size = all.length;
    const matrix = new Float64Array(size * size);
    for (let a = 0; a < before; a++) {
      for (let b = 0; b < before; b++) matrix[a * size + b] = this.#matrix[a * before + b];
    }
    for (let a = before; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        const value = rows[(a - before) * size + b];
        matrix[a * size + b] = value;
        matrix[b * size + a] = value;
      }
    }
    this.#members = all;
    this.#matrix = matrix;
  }

  #select(wanted: readonly number[]): Float64Array {
    const size = this.#members.length;
    const position = new Map(this.#members.map((j, a) => [j, a]));
    const at = wanted.map((j) => position.get(j) ?? -1);
    const m = wanted.length;
    const selected = new Float64Array(m * m);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) selected[a * m + b] = this.#matrix[at[a] * size + at[b]];
    }
    return selected;
  }
}
