import {
  type CategoryColumn,
  type Column,
  type ColumnKind,
  countMissing,
  isNumber,
  isString,
  positionOf,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import type { FillColumn } from './fill-missing.js';
import type { ImputerSettings } from './imputer-options.js';
import { type Indicators, indicatorColumns, indicatorName, withIndicators } from './missing-indicator.js';
import { nameList } from './name-list.js';
import type { MadeColumns, NamesOut, Originating } from './transformer.js';

/** The fill for a missing value: a number in a numeric column, a level in a category column. */
export type Fill = number | string;

/** Whether a JSON value can be a fill. */
export function isFill(value: unknown): value is Fill {
  return isNumber(value) || isString(value);
}

/** The fills by group. */
export type GroupFills<V extends Fill> = {
  /** The category column whose levels are the groups. */
  readonly column: string;
  /** For each filled column, the value of each level that had one. */
  readonly values: Readonly<Record<string, Readonly<Record<string, V>>>>;
};

/** What an imputer learns in addition to one value per column, if its options require it. */
export type FillExtras<V extends Fill> = {
  readonly groups?: GroupFills<V>;
  /** The columns that had missing values at `fit`, each with an indicator `<name>_missing` in the output. */
  readonly indicators?: readonly string[];
} & NamesOut;

/** The state of an imputer: the value of each column that it fills, `null` if there is none, and what its options add. */
export type Fills<V extends Fill> = FillExtras<V> & {
  readonly values: Readonly<Record<string, V | null>>;
};

/**
 * Learns how to fill the columns `names`.
 *
 * @param overall the value of a column.
 * @param ofGroups its value for each level of the column `groupBy`, if that option is supported.
 * @throws `column-name` or `column-kind` if `groupBy` is not a category column.
 */
export function learnFills<V extends Fill>(
  x: Table,
  names: readonly string[],
  {
    groupBy,
    addIndicator,
  }: Pick<ImputerSettings, 'addIndicator'> & { readonly groupBy?: string | undefined },
  overall: (name: string) => V | null,
  ofGroups: (name: string, group: CategoryColumn) => Iterable<readonly [string, V]> = () => [],
): Fills<V> {
  const values = Object.fromEntries(names.map((name) => [name, overall(name)]));
  let extras: FillExtras<V> = {};
  if (groupBy !== undefined) {
    const group = x.category(groupBy);
    const byColumn = names.map((name) => [name, Object.fromEntries(ofGroups(name, group))]);
    extras = { groups: { column: groupBy, values: Object.fromEntries(byColumn) } };
  }
  if (addIndicator) {
    const indicators = names.filter((name) => countMissing(x.column(name)) > 0);
    extras = { ...extras, indicators };
  }
  return { values, ...extras };
}

/**
 * Reads what `learnFills` has learned from a state that holds its values in the field `key`.
 * @throws `model-file` if the state holds something else.
 */
export function restoreFills<V extends Fill>(
  state: StateReader,
  key: string,
  isFill: (value: unknown) => value is V,
): Fills<V> {
  const isFillOrNull = (value: unknown): value is V | null => value === null || isFill(value);
  const values = state.record(key, isFillOrNull);

  let extras: FillExtras<V> = {};
  if (state.has('groups')) {
    const groups = state.child('groups');
    const ofColumns = groups.child('values');
    const byColumn = Object.entries(values).map(([name, overall]) => {
      const isOfItsKind = (value: unknown): value is V => isFill(value) && typeof value === typeof overall;
      return [name, ofColumns.record(name, isOfItsKind)] as const;
    });
    const column = groups.string('column');
    groups.expect(!Object.hasOwn(values, column), 'column', 'a column that is not itself filled');
    extras = { groups: { column, values: Object.fromEntries(byColumn) } };
  }
  if (state.has('indicators')) {
    const indicators = state.names('indicators');
    const areFilled = indicators.every((name) => Object.hasOwn(values, name));
    state.expect(areFilled, 'indicators', 'filled columns');
    extras = { ...extras, indicators };
  }
  return { values, ...extras };
}

/** The indicators as new columns. */
export function madeIndicators({ indicators = [] }: Pick<FillExtras<Fill>, 'indicators'>): MadeColumns {
  return { names: indicators.map(indicatorName) };
}

/**
 * Fills missing values by `fillColumn`, and adds the indicators at the end.
 *
 * @param names the names of the indicators.
 * @param emptyKind the required kind of a column without a fill value; default any.
 */
export function filling<V extends Fill>(
  fills: Fills<V>,
  names: readonly string[],
  fillColumn: FillColumn<V>,
  emptyKind?: ColumnKind,
): Originating {
  const indicators = { columns: fills.indicators ?? [], names };
  return {
    origins: new Map(indicators.columns.map((name, i) => [names[i], [name]])),
    transform: (x) => fillTable(x, fills, indicators, fillColumn),
    compileRow: (schema) => compileFills(schema, fills, indicators, emptyKind),
  };
}

/**
 * `x` with its missing values filled by `fillColumn`, and with the indicators at its end.
 *
 * @throws `column-name` or `column-kind` if a column of `fit` is missing or of another kind; `column-name` if one has the name of an
 * indicator.
 */
function fillTable<V extends Fill>(
  x: Table,
  { values, groups }: Fills<V>,
  indicators: Indicators,
  fillColumn: FillColumn<V>,
): Table {
  const group = groups && x.category(groups.column);
  const filled = Object.entries(values).map(([name, value]): [string, Column] => {
    if (!group || value === null) return [name, fillColumn(x, name, value)];
    const ofLevels = groups.values[name];
    const fills = group.levels.map((level) => (Object.hasOwn(ofLevels, level) ? ofLevels[level] : value));
    return [name, fillColumn(x, name, value, { codes: group.codes, fills })];
  });
  return x.with([...filled, ...indicatorColumns(x, indicators)]);
}

/**
 * `fillTable` for one row at a time.
 *
 * @param emptyKind the required kind of a column without a fill value; default any.
 */
function compileFills<V extends Fill>(
  schema: TableSchema,
  { values, groups }: Fills<V>,
  indicators: Indicators,
  emptyKind?: ColumnKind,
): RowStep {
  const groupPosition = groups ? positionOf(schema, groups.column, 'category') : -1;
  const parts: FilledPosition[] = [];
  for (const [name, value] of Object.entries(values)) {
    // Even if no kind is required, the column must exist, as in a table.
    const position = positionOf(schema, name, value === null ? emptyKind : kindOf(value));
    const ofLevel = groups && new Map<string, Fill>(Object.entries(groups.values[name]));
    if (value !== null) parts.push({ position, value, ofLevel });
  }
  const step: RowStep = {
    schema,
    apply(row) {
      for (let i = 0; i < parts.length; i++) {
        const { position, value, ofLevel } = parts[i];
        const received = row[position];
        if (received !== null && !Number.isNaN(received)) continue;
        // A level that is missing is in no map.
        row[position] = ofLevel?.get(row[groupPosition] as string) ?? value;
      }
      return row;
    },
  };
  return indicators.columns.length > 0 ? withIndicators(schema, indicators, step) : step;
}

/** What the options added, at the end of an imputer's description; empty if nothing. */
export function describeExtras({ groups, indicators }: FillExtras<Fill>): string {
  const by = groups ? `; by ${JSON.stringify(groups.column)}` : '';
  return indicators ? `${by}; indicators of ${nameList(indicators)}` : by;
}

interface FilledPosition {
  readonly position: number;
  readonly value: Fill;
  readonly ofLevel: ReadonlyMap<string, Fill> | undefined;
}

function kindOf(value: Fill): ColumnKind {
  return typeof value === 'number' ? 'numeric' : 'category';
}
