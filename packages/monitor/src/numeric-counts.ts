import { CellIndex } from './cell-index.js';
import type { NumericReference } from './numeric-reference.js';
import { sum } from './sum.js';

/** Counts new values of a numeric column in the cells of its reference. */
export class NumericCounts {
  readonly kind = 'numeric';
  /** The number of values in each cell. */
  readonly counts: Float64Array;
  missing = 0;
  /** The number of values below the minimum of the reference. */
  below = 0;
  /** The number of values above the maximum of the reference. */
  above = 0;
  /** The sum of the distances of finite values below the minimum of the reference. */
  depth = 0;
  /** The sum of the distances of finite values above the maximum of the reference. */
  height = 0;
  /** The sum of the deviations of finite values from the mean of the reference. */
  #deviation = 0;
  #infinite = 0;
  readonly #cells: CellIndex;
  readonly #low: number;
  readonly #high: number;

  constructor(readonly reference: NumericReference) {
    this.counts = new Float64Array(reference.counts.length);
    this.#cells = new CellIndex(reference.breakpoints);
    // If the reference has no values, none is out of its range.
    const isEmpty = reference.breakpoints.length === 0;
    this.#low = isEmpty ? -Number.MAX_VALUE : reference.min;
    this.#high = isEmpty ? Number.MAX_VALUE : reference.max;
  }

  /** The number of non-missing values. */
  get values(): number {
    return sum(this.counts);
  }

  /** The mean of the finite values; `NaN` without any. */
  get mean(): number {
    return this.reference.mean + this.#deviation / (this.values - this.#infinite);
  }

  /** Counts a value; `NaN` is missing. @returns its cell, or -1 if missing. */
  add(value: number): number {
    if (Number.isNaN(value)) {
      this.missing++;
      return -1;
    }
    const cell = this.#cells.of(value);
    this.counts[cell]++;
    if (value < this.#low || value > this.#high) this.#addOutside(value);
    else this.#deviation += value - this.reference.mean;
    return cell;
  }

  merge(other: NumericCounts): void {
    for (let cell = 0; cell < this.counts.length; cell++) this.counts[cell] += other.counts[cell];
    this.missing += other.missing;
    this.below += other.below;
    this.above += other.above;
    this.depth += other.depth;
    this.height += other.height;
    this.#deviation += other.#deviation;
    this.#infinite += other.#infinite;
  }

  clear(): void {
    this.counts.fill(0);
    this.missing = this.below = this.above = this.depth = this.height = 0;
    this.#deviation = this.#infinite = 0;
  }

  #addOutside(value: number): void {
    const isBounded = Number.isFinite(value);
    if (value < this.#low) {
      this.below++;
      if (isBounded) this.depth += this.#low - value;
    } else {
      this.above++;
      if (isBounded) this.height += value - this.#high;
    }
    if (isBounded) this.#deviation += value - this.reference.mean;
    else this.#infinite++;
  }
}
