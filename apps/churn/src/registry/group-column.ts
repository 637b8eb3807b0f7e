import type { Column } from '@churn/core';

/** Rows in groups by a column. */
export interface GroupColumn {
  readonly column: string;
  readonly groups: readonly RowGroup[];
}

/** Rows of one value, or of a range of values. */
export interface RowGroup {
  /** The value, or the range. */
  readonly value: string;
  /** Their places among the rows. */
  readonly rows: Int32Array;
}

/** Of fewer rows a metric is chance. */
export const LEAST_GROUP = 50;
/** Categories beyond the most frequent ones are one group, as are those of few rows. */
const MOST_LEVELS = 50;
/** Numbers of more different values are cut into quarters. */
const MOST_VALUES = 10;
const MISSING = '(missing)';
const OTHERS = '(all others)';

/**
 * Groups rows by a column: by its categories, those of few rows together; by its numbers where they are few, else by quarters of them.
 * @param rows of the column, in the order of the rows to group.
 */
export function groupColumn(name: string, column: Column, rows: readonly number[]): GroupColumn {
  const values = column.kind === 'numeric' ? numbers(column.values, rows) : levels(column, rows);
  const places = new Map<string, number[]>();
  // In the order of the groups.
  for (const value of values.inOrder) places.set(value, []);
  for (const [place, value] of values.ofRows.entries()) places.get(value)?.push(place);
  const groups = [...places].map(([value, of]) => ({ value, rows: Int32Array.from(of) }));
  return { column: name, groups: groups.filter((group) => group.rows.length > 0) };
}

/** What names the group of each row, and the groups in their order. */
interface Values {
  readonly ofRows: readonly string[];
  readonly inOrder: readonly string[];
}

function levels({ codes, levels }: Column & { readonly kind: 'category' }, rows: readonly number[]): Values {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(codes[row], (counts.get(codes[row]) ?? 0) + 1);
  const frequent = [...counts].filter(([code, count]) => code < 0 || count >= LEAST_GROUP);
  const kept = new Set(
    frequent
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_LEVELS)
      .map(([code]) => code),
  );
  const few = [...counts.keys()].filter((code) => !kept.has(code));
  // One alone keeps its name.
  if (few.length === 1) kept.add(few[0]);
  const nameOf = (code: number) => (code < 0 ? MISSING : kept.has(code) ? levels[code] : OTHERS);
  const names = [...kept].filter((code) => code >= 0).map(nameOf);
  return {
    ofRows: rows.map((row) => nameOf(codes[row])),
    inOrder: [...names.sort(new Intl.Collator('en', { numeric: true }).compare), OTHERS, MISSING],
  };
}

function numbers(values: Float64Array, rows: readonly number[]): Values {
  const taken = Float64Array.from(rows, (row) => values[row]);
  const sorted = taken.filter((value) => !Number.isNaN(value)).sort();
  const distinct = new Set(sorted);
  const isFew = distinct.size <= MOST_VALUES;
  const quarters = [1, 2, 3].map((quarter) => sorted[((sorted.length - 1) * quarter) >> 2]);
  const bounds = [...(isFew ? distinct : new Set(quarters))];
  const names = isFew
    ? bounds.map(String)
    : [
        `up to ${bounds[0]}`,
        ...bounds.slice(1).map((bound, i) => `above ${bounds[i]} to ${bound}`),
        `above ${bounds.at(-1)}`,
      ];
  const ofRows = Array.from(taken, (value) => {
    if (Number.isNaN(value)) return MISSING;
    const place = bounds.findIndex((bound) => value <= bound);
    return names[place < 0 ? bounds.length : place];
  });
  return { ofRows, inOrder: [...names, MISSING] };
}
