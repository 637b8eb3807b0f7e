import {
  type CategoryColumn,
  ChurnError,
  type ClassLabel,
  type Column,
  columnOf,
  integerParameter,
  isList,
  type OptionsOf,
  readOptions,
  requireParameter,
  withDefault,
} from '@churn/core';
import { shortNumberBetween } from './short-number-between.js';

/** The grouping of rows: a column, or one value per row, `null` if missing. */
export type GroupsLike = Column | ArrayLike<ClassLabel | null | undefined>;

/** Rows of one category, of one number, or of a range of numbers. */
export interface RowGroup {
  /** The category, the number, or the range in words. */
  readonly group: string;
  /** The indices of its rows, ascending. */
  readonly rows: Int32Array;
  /** Whether the group collects rare categories, or rows without a value. */
  readonly isRest?: true;
}

export const groupParameters = {
  /** The minimum number of rows for a category to be its own group; rarer ones are merged. Default 1. */
  minRows: withDefault(integerParameter({ from: 1 }), 1),
  /** The maximum number of categories that are their own groups, by frequency; all others are merged. Default 50. */
  maxGroups: withDefault(integerParameter({ from: 1 }), 50),
  /** The number of quantile bins for numbers, at least 2. Default 4. */
  nBins: withDefault(integerParameter({ from: 2 }), 4),
};

/** How rows are grouped. */
export type RowGroupOptions = OptionsOf<typeof groupParameters>;

/** The group of rows without a value, and that of rare categories. */
const MISSING_GROUP = '(missing)';
const OTHER_GROUP = '(all others)';

/** Numbers of no more different values are groups themselves. */
const MAX_VALUES = 10;

/**
 * Groups rows by a column: by its categories, with rare ones merged; by its numbers if there are at most ten distinct ones, otherwise by
 * quantile bins. Rows without a value are a group.
 *
 * ```ts
 * rowGroups(['F', 'M', 'F', null]).map(({ group, rows }) => [group, rows.length]); // [['F', 2], ['M', 1], ['(missing)', 1]]
 * ```
 *
 * @returns the groups that have rows: categories in the order of their names, numbers ascending.
 * @throws `invalid-parameter` if `groups` is not a column, or an option is invalid; `column-kind` if values mix numbers and text.
 */
export function rowGroups(groups: GroupsLike, options?: RowGroupOptions): RowGroup[] {
  const settings = readOptions(groupParameters, options);
  const column = columnFor(groups);
  const { names, codes, nOwn } =
    column.kind === 'category'
      ? categoryGroups(column, settings.minRows, settings.maxGroups)
      : numberGroups(column.values, settings.nBins);
  const rows: number[][] = [...names, MISSING_GROUP].map(() => []);
  codes.forEach((code, row) => {
    rows[code < 0 ? names.length : code].push(row);
  });
  return rows
    .map((of, i) => ({
      ...{ group: names[i] ?? MISSING_GROUP, rows: Int32Array.from(of) },
      ...(i >= nOwn && { isRest: true as const }),
    }))
    .filter((group) => group.rows.length > 0);
}

/**
 * The groups of rows, of which there are `nRows`.
 * @throws as `rowGroups`, and `invalid-data` if there is not one value per row, or no row.
 */
export function requireGroups(groups: GroupsLike, nRows: number, options?: RowGroupOptions): RowGroup[] {
  const found = rowGroups(groups, options);
  const length = found.reduce((sum, { rows }) => sum + rows.length, 0);
  if (length !== nRows) {
    throw new ChurnError('invalid-data', `groups: expected a value for each of ${nRows} rows, got ${length}`);
  }
  if (length === 0) throw new ChurnError('invalid-data', 'groups: there are no rows');
  return found;
}

function columnFor(groups: GroupsLike): Column {
  const { kind } = (groups ?? {}) as Partial<Column>;
  if (kind === 'numeric' || kind === 'category') return groups as Column;
  requireParameter(isList(groups), 'groups', 'a column, or one value per row', groups);
  return columnOf('groups', Array.from(groups as ArrayLike<ClassLabel | null | undefined>));
}

/** What the groups are called, and the group of each row; -1 where its value is missing. */
interface CodedGroups {
  readonly names: readonly string[];
  /** How many of these, the first, are not rare categories together. */
  readonly nOwn: number;
  readonly codes: Int32Array;
}

function categoryGroups({ codes, levels }: CategoryColumn, minRows: number, maxGroups: number): CodedGroups {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const present = [...levels.keys()].filter((code) => counts[code] > 0);
  const own = present
    .filter((code) => counts[code] >= minRows)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, maxGroups);
  const few = present.filter((code) => !own.includes(code));
  // One alone keeps its name.
  if (few.length === 1) own.push(...few.splice(0));
  const sorted = own.sort((a, b) => inOrder.compare(levels[a], levels[b]));
  const places = new Int32Array(levels.length).fill(sorted.length);
  sorted.forEach((code, place) => {
    places[code] = place;
  });
  return {
    names: [...sorted.map((code) => levels[code]), ...(few.length > 0 ? [OTHER_GROUP] : [])],
    nOwn: sorted.length,
    codes: codes.map((code) => (code < 0 ? -1 : places[code])),
  };
}

const inOrder = new Intl.Collator('en', { numeric: true });

/** Ranges that each end with a bound, but for the last one. */
function numberGroups(values: Float64Array, nBins: number): CodedGroups {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= MAX_VALUES) {
    const places = new Map(Array.from(distinct, (value, place) => [value, place]));
    return {
      names: Array.from(distinct, String),
      nOwn: distinct.length,
      codes: Int32Array.from(values, (value) => places.get(value) ?? -1),
    };
  }
  const quantiles = Array.from(
    { length: nBins - 1 },
    (_, i) => sorted[Math.floor(((sorted.length - 1) * (i + 1)) / nBins)],
  );
  // Above the largest number there is none.
  const last = distinct[distinct.length - 2];
  const bounds = [...new Set(quantiles.map((bound) => Math.min(bound, last)))].map((bound) =>
    shortNumberBetween(bound, distinct[distinct.indexOf(bound) + 1]),
  );
  const codes = Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    const place = bounds.findIndex((bound) => value <= bound);
    return place < 0 ? bounds.length : place;
  });
  return { names: rangeNames(bounds), nOwn: bounds.length + 1, codes };
}

function rangeNames(bounds: readonly number[]): string[] {
  return [
    `up to ${bounds[0]}`,
    ...bounds.slice(1).map((bound, i) => `above ${bounds[i]} to ${bound}`),
    `above ${bounds[bounds.length - 1]}`,
  ];
}
