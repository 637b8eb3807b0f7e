import { Random, type Table } from '@churn/core';

/** A uniform random sample of rows from a stream of tables (J. S. Vitter, "Random sampling with a reservoir", 1985). */
export class RowSample {
  readonly #size: number;
  readonly #random: Random;
  #tables: Table[] = [];
  /** The index of each drawn row, counted over all kept tables. */
  #places: number[] = [];
  #kept = 0;
  #seen = 0;

  constructor(size: number, seed: number) {
    this.#size = size;
    this.#random = new Random(seed, 'rows that stand for all');
  }

  add(table: Table): void {
    const taken: number[] = [];
    for (let row = 0; row < table.nRows; row++) {
      const place = this.#seen < this.#size ? this.#seen : this.#random.int(this.#seen + 1);
      this.#seen++;
      if (place >= this.#size) continue;
      this.#places[place] = this.#kept + taken.length;
      taken.push(row);
    }
    if (taken.length === 0) return;
    this.#tables.push(table.take(taken));
    this.#kept += taken.length;
    // Frees replaced rows.
    if (this.#kept > 3 * this.#size) this.#compact();
  }

  /** The drawn rows, in order; `undefined` if there are none. */
  table(): Table | undefined {
    this.#compact();
    return this.#tables[0];
  }

  #compact(): void {
    if (this.#tables.length === 0) return;
    const [first, ...others] = this.#tables;
    const order = Array.from(this.#places.keys()).sort((a, b) => this.#places[a] - this.#places[b]);
    this.#tables = [first.concat(...others).take(order.map((place) => this.#places[place]))];
    order.forEach((place, row) => {
      this.#places[place] = row;
    });
    this.#kept = order.length;
  }
}
