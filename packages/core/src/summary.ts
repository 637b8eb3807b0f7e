import { type Column, countMissing } from './column.js';
import type { StateReader } from './state-reader.js';
import { isNumberOrNull } from './state-reader.js';
import type { Table } from './table.js';

/** A summary of a raw column in training. */
export type ColumnSummary = NumericSummary | CategorySummary;

export type NumericSummary = {
  readonly name: string;
  readonly kind: 'numeric';
  /** The number of rows without a value. */
  readonly missing: number;
  /** Mean, minimum and maximum of the values; `null` if there were none. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
};

export type CategorySummary = {
  readonly name: string;
  readonly kind: 'category';
  /** The number of rows without a value. */
  readonly missing: number;
  /** The number of distinct levels. */
  readonly distinct: number;
  /** The most frequent levels, up to ten thousand, with their row counts; ties in order of appearance. */
  readonly levels: readonly (readonly [level: string, count: number])[];
};

/** A summary of the training rows, column by column. */
export type TableSummary = {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
};

const MAX_LEVELS = 10_000;

/** The summary of a table's columns. */
export function summaryOf(x: Table): TableSummary {
  return { rows: x.nRows, columns: Array.from(x.entries(), ([name, column]) => columnSummary(name, column)) };
}

function columnSummary(name: string, column: Column): ColumnSummary {
  const missing = countMissing(column);
  if (column.kind === 'category') {
    const counts = new Float64Array(column.levels.length);
    for (const code of column.codes) if (code >= 0) counts[code]++;
    const present = Array.from(counts.keys()).filter((code) => counts[code] > 0);
    present.sort((a, b) => counts[b] - counts[a]);
    const levels = present.slice(0, MAX_LEVELS).map((code) => [column.levels[code], counts[code]] as const);
    return { name, kind: 'category', missing, distinct: present.length, levels };
  }
  const n = column.values.length - missing;
  let [mean, min, max] = [0, Infinity, -Infinity];
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    // Divided before adding, so that the sum of large values does not overflow.
    mean += value / n;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const finite = (value: number) => (Number.isFinite(value) && n > 0 ? value : null);
  return { name, kind: 'numeric', missing, mean: finite(mean), min: finite(min), max: finite(max) };
}

/**
 * Reads the summary in a field of a state.
 * @throws `model-file` if it is not one.
 */
export function restoreSummary(state: StateReader, key: string): TableSummary {
  const summary = state.child(key);
  const rows = summary.integer('rows', { from: 1 });
  const count = { from: 0, to: rows };
  const columns = summary.children('columns').map((column): ColumnSummary => {
    const name = column.string('name');
    const missing = column.integer('missing', count);
    if (column.oneOf('kind', ['numeric', 'category']) === 'numeric') {
      const [mean, min, max] = ['mean', 'min', 'max'].map((each) => numberOrNull(column, each));
      return { name, kind: 'numeric', missing, mean, min, max };
    }
    const levels = column.list('levels', isLevelCount);
    const distinct = column.integer('distinct', { from: levels.length, to: rows });
    return { name, kind: 'category', missing, distinct, levels };
  });
  return { rows, columns };
}

function numberOrNull(state: StateReader, key: string): number | null {
  const value = state.get(key);
  state.expect(isNumberOrNull(value), key, 'a number or null');
  return value as number | null;
}

function isLevelCount(value: unknown): value is readonly [string, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    Number.isInteger(value[1]) &&
    value[1] >= 1
  );
}
