import type { CategoryColumn } from '@churn/core';
import type { CategoryReference } from './category-reference.js';
import { sum } from './sum.js';

/** The maximum number of unseen levels that are counted by name. */
const MAX_NAMED = 20;

/** Counts new values of a category column by the levels of its reference. */
export class CategoryCounts {
  readonly kind = 'category';
  /** The number of values of each reference level. */
  readonly counts: Float64Array;
  missing = 0;
  /** The number of values with a level that the reference does not keep. */
  unseen = 0;
  /** The counts of some of these levels, those encountered first. */
  readonly unseenLevels = new Map<string, number>();
  readonly #codes: ReadonlyMap<string, number>;

  constructor(readonly reference: CategoryReference) {
    this.counts = new Float64Array(reference.levels.length);
    this.#codes = new Map(reference.levels.map((level, code) => [level, code]));
  }

  /** The number of non-missing values. */
  get values(): number {
    return sum(this.counts) + this.unseen;
  }

  /** Counts a value; `null` is missing. */
  add(level: string | null): void {
    if (level === null) this.missing++;
    else this.#count(level, 1);
  }

  /** Counts a column; each of its levels is looked up once. */
  addColumn({ codes, levels }: CategoryColumn): void {
    const found = new Float64Array(levels.length);
    let missing = 0;
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] < 0) missing++;
      else found[codes[row]]++;
    }
    this.missing += missing;
    for (let code = 0; code < levels.length; code++) {
      if (found[code] > 0) this.#count(levels[code], found[code]);
    }
  }

  merge(other: CategoryCounts): void {
    for (let code = 0; code < this.counts.length; code++) this.counts[code] += other.counts[code];
    this.missing += other.missing;
    this.unseen += other.unseen;
    for (const [level, count] of other.unseenLevels) this.#name(level, count);
  }

  clear(): void {
    this.counts.fill(0);
    this.missing = this.unseen = 0;
    this.unseenLevels.clear();
  }

  #count(level: string, count: number): void {
    const code = this.#codes.get(level);
    if (code !== undefined) {
      this.counts[code] += count;
      return;
    }
    this.unseen += count;
    this.#name(level, count);
  }

  #name(level: string, count: number): void {
    const known = this.unseenLevels.get(level);
    if (known === undefined && this.unseenLevels.size >= MAX_NAMED) return;
    this.unseenLevels.set(level, (known ?? 0) + count);
  }
}
