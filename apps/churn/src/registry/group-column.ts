import { type Column, visibleText } from '@churn/core';

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

/** Numbers of more different values are cut into quarters. */
const MOST_VALUES = 10;
const MISSING = '(missing)';

/**
 * Groups rows by a column: by its categories, by its numbers where they are few, else by quarters of them.
 * @param rows of the column, in the order of the rows to group.
 */
export function groupColumn(name: string, column: Column, rows: readonly number[]): GroupColumn {
  const values = column.kind === 'numeric' ? numbers(column.values, rows) : levels(column, rows);
  const places = new Map<string, number[]>();
  values.forEach((value, place) => {
    const of = places.get(value);
    if (of) of.push(place);
    else places.set(value, [place]);
  });
  const groups = [...places].map(([value, of]) => ({ value, rows: Int32Array.from(of) }));
  const inOrder = new Intl.Collator('en', { numeric: true });
  return { column: name, groups: groups.sort((a, b) => inOrder.compare(a.value, b.value)) };
}

function levels(
  { codes, levels }: Column & { readonly kind: 'category' },
  rows: readonly number[],
): string[] {
  return rows.map((row) => (codes[row] < 0 ? MISSING : visibleText(levels[codes[row]])));
}

function numbers(values: Float64Array, rows: readonly number[]): string[] {
  const taken = Float64Array.from(rows, (row) => values[row]);
  const sorted = taken.filter((value) => !Number.isNaN(value)).sort();
  const distinct = new Set(sorted);
  if (distinct.size <= MOST_VALUES) {
    return Array.from(taken, (value) => (Number.isNaN(value) ? MISSING : String(value)));
  }
  const bounds = [...new Set([1, 2, 3].map((quarter) => sorted[((sorted.length - 1) * quarter) >> 2]))];
  const names = [
    `up to ${bounds[0]}`,
    ...bounds.slice(1).map((bound, i) => `above ${bounds[i]} to ${bound}`),
    `above ${bounds.at(-1)}`,
  ];
  return Array.from(taken, (value) => {
    if (Number.isNaN(value)) return MISSING;
    const place = bounds.findIndex((bound) => value <= bound);
    return names[place < 0 ? bounds.length : place];
  });
}
