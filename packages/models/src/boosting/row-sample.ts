import { Random, type Table } from '@churn/core';

/** A sample of rows, in their original order. */
export interface SampledRows {
  readonly x: Table;
  /** The index of each among all rows. */
  readonly rows: Int32Array;
}

interface Part extends SampledRows {
  readonly priorities: Float64Array;
}

/**
 * Draws rows at random from a sequence of tables: each row has a random number, and the rows with the lowest numbers are kept (bottom-k
 * sampling; all rows if there are fewer).
 */
export class RowSample {
  readonly #size: number;
  readonly #random: Random;
  #parts: Part[] = [];
  #nRows = 0;
  #highest = Infinity;

  constructor(size: number, seed: number) {
    this.#size = size;
    this.#random = new Random(seed, 'row sample');
  }

  /**
   * @param chosen the rows of the table that may be drawn.
   * @param first the number of its first row.
   */
  add(x: Table, chosen: Int32Array, first: number): void {
    const drawn = Float64Array.from(chosen, () => this.#random.uniform());
    const kept = Int32Array.from(drawn.keys()).filter((i) => drawn[i] < this.#highest);
    this.#parts.push({
      x: x.take(kept.map((i) => chosen[i])),
      rows: kept.map((i) => first + chosen[i]),
      priorities: Float64Array.from(kept, (i) => drawn[i]),
    });
    this.#nRows += kept.length;
    if (this.#nRows > 2 * this.#size) this.#prune();
  }

  /** The rows drawn; `undefined` if there were no tables. */
  drawn(): SampledRows | undefined {
    this.#prune();
    const [first, ...others] = this.#parts.map(({ x }) => x);
    if (first === undefined) return undefined;
    return {
      x: first.concat(...others),
      rows: Int32Array.from(this.#parts.flatMap(({ rows }) => Array.from(rows))),
    };
  }

  #prune(): void {
    if (this.#nRows <= this.#size) return;
    const all = Float64Array.from(this.#parts.flatMap(({ priorities }) => Array.from(priorities))).sort();
    this.#highest = all[this.#size];
    this.#parts = this.#parts.map(({ x, rows, priorities }) => {
      const kept = Int32Array.from(priorities.keys()).filter((i) => priorities[i] < this.#highest);
      return {
        x: x.take(kept),
        rows: kept.map((i) => rows[i]),
        priorities: Float64Array.from(kept, (i) => priorities[i]),
      };
    });
    this.#nRows = this.#size;
  }
}
