import type { Table } from '@churn/core';
import type { CodedRow } from './row-coding.js';
import { seenNumbers, spreadOf } from './seen-numbers.js';

/**
 * How far rows are apart.
 *
 * The distance is Gower's ("A general coefficient of similarity", 1971) with numbers measured in median absolute deviations of the training
 * rows, as Wachter et al. 2017 have it: 1 for another level, and for a missing value beside a known one.
 */
export class RowSpace {
  readonly names: readonly string[];
  /** The distinct numbers of each column in training, ascending; of categories the codes, the most frequent first. */
  readonly seen: readonly Float64Array[];
  readonly isCategory: readonly boolean[];
  /** What a number's difference is multiplied by; `NaN` for categories, whose codes have none. */
  readonly #weights: Float64Array;

  /** @param training the table of all columns, and no others, in which the coding and the distances are learned. */
  constructor(training: Table) {
    const columns = Array.from(training.entries(), ([, column]) => column);
    this.names = training.names;
    this.isCategory = columns.map(({ kind }) => kind === 'category');
    this.seen = columns.map((column) =>
      column.kind === 'numeric' ? seenNumbers(column.values) : frequentCodes(column.codes),
    );
    this.#weights = Float64Array.from(columns, (column) =>
      column.kind === 'numeric' ? 1 / spreadOf(column.values) : NaN,
    );
  }

  /** How far two values of a column are apart. */
  gap(column: number, a: number, b: number): number {
    if (a === b) return 0;
    const difference = Math.abs(a - b) * this.#weights[column];
    if (!Number.isNaN(difference)) return difference;
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : 1;
  }

  /** How far a row is from each of others. */
  distances(row: CodedRow, others: readonly CodedRow[]): Float64Array {
    const all = new Float64Array(others.length);
    for (let i = 0; i < all.length; i++) all[i] = this.distance(row, others[i]);
    return all;
  }

  /** The sum of the gaps of two rows, or any number above `limit` if it is above. */
  distance(a: CodedRow, b: CodedRow, limit = Infinity): number {
    const n = this.names.length;
    let sum = 0;
    for (let j = 0; j < n && sum <= limit; j++) sum += this.gap(j, a[j], b[j]);
    return sum;
  }
}

function frequentCodes(codes: Int32Array): Float64Array {
  const counts = new Map<number, number>();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Float64Array.from(
    [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]),
    ([code]) => code,
  );
}
