import type { Table } from '@churn/core';
import { distinctNumbers, spreadOf } from './distinct-numbers.js';
import type { CodedRow } from './row-coding.js';

/**
 * The distance between rows: Gower's ("A general coefficient of similarity", 1971), with numbers in median absolute deviations of the
 * training rows (Wachter et al., 2017), and 1 for different levels or if one of the values is missing.
 */
export class RowSpace {
  readonly names: readonly string[];
  /** The distinct training values of each column: numbers ascending, codes of levels the most frequent first. */
  readonly seen: readonly Float64Array[];
  readonly isCategory: readonly boolean[];
  /** The factor for differences of numbers; `NaN` for category columns. */
  readonly #weights: Float64Array;

  /** @param training the training rows, with exactly the columns of the model. */
  constructor(training: Table) {
    const columns = Array.from(training.entries(), ([, column]) => column);
    this.names = training.names;
    this.isCategory = columns.map(({ kind }) => kind === 'category');
    this.seen = columns.map((column) =>
      column.kind === 'numeric' ? distinctNumbers(column.values) : frequentCodes(column.codes),
    );
    this.#weights = Float64Array.from(columns, (column) =>
      column.kind === 'numeric' ? 1 / spreadOf(column.values) : NaN,
    );
  }

  /** The distance between two values of a column. */
  gap(column: number, a: number, b: number): number {
    if (a === b) return 0;
    const difference = Math.abs(a - b) * this.#weights[column];
    if (!Number.isNaN(difference)) return difference;
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : 1;
  }

  /** The distances from a row to each of `others`. */
  distances(row: CodedRow, others: readonly CodedRow[]): Float64Array {
    const all = new Float64Array(others.length);
    for (let i = 0; i < all.length; i++) all[i] = this.distance(row, others[i]);
    return all;
  }

  /** The sum of the gaps between two rows; if it exceeds `limit`, any number above `limit`. */
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
