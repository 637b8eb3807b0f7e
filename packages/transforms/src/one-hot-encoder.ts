import {
  type Column,
  firstRepeated,
  integerParameter,
  isPlainObject,
  isString,
  type OptionsOf,
  oneOf,
  parameter,
  type SettingsOf,
  Table,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { encoding, type LevelEncoding, sortedLevels } from './level-encoding.js';
import type { NamesOut, Originating } from './transformer.js';
import { type FittedBy, type InvertibleTransformation, transformer } from './transformer.js';

/** Which level gets no column: none, the first of each column, or the first of two-level columns. */
export type OneHotDrop = 'first' | 'ifBinary' | null;

const parameters = {
  /** The columns to encode; default all category columns. */
  columns: columnNames(),
  /** Which level gets no column; default `null`, none. */
  drop: withDefault(oneOf<OneHotDrop>(['first', 'ifBinary', null]), null),
  /** Levels with fewer rows are grouped: a count of at least 1, or a share of all rows below 1; default 1, no grouping. */
  minFrequency: withDefault(parameter('an integer of at least 1 or a share below 1', isFrequency), 1),
  /** The maximum number of output columns per category column, including that of infrequent levels; default no limit. */
  maxCategories: integerParameter({ from: 1 }),
};

export type OneHotEncoderOptions = OptionsOf<typeof parameters>;

/** The levels of one column: those with their own column, those grouped as infrequent, and the one without a column. */
export type OneHotLevels = {
  readonly levels: readonly string[];
  readonly infrequent: readonly string[];
  readonly dropped: string | null;
};

/** The levels of each column. */
export type OneHotEncoderState = NamesOut & { readonly columns: Readonly<Record<string, OneHotLevels>> };

/** The suffix of the column of infrequent levels. */
const INFREQUENT = 'infrequent';

/**
 * Replaces a category column by one column of 0 and 1 per level, named `<column>_<level>`, sorted by code unit. Infrequent levels share
 * the last column, `<column>_infrequent`.
 *
 * A level not seen at `fit` counts as infrequent if there is such a column, and is otherwise 0 in all columns. A missing value is 0 in
 * all columns, and so is the dropped level.
 *
 * `inverseTransform` restores the category columns, each instead of its first output column: the level with the largest number, if above
 * 0; the level `infrequent` for infrequent ones; otherwise the dropped level or a missing value. A column without learned levels, or
 * whose only level was dropped, has no output columns and is appended at the end.
 *
 * ```ts
 * new OneHotEncoder({ columns: ['Gender'] }).fitTransform(train).output.names; // ['Gender_F', 'Gender_M']
 * ```
 */
export class OneHotEncoder extends transformer({
  type: 'OneHotEncoder',
  parameters,
  learn(x, { columns = x.namesOf('category'), ...settings }): OneHotEncoderState {
    const levels = columns.map((name) => [
      name,
      learnLevels(sortedLevels(x.category(name)), x.nRows, settings),
    ]);
    return { columns: Object.fromEntries(levels) };
  },
  restore: (state) => ({ columns: state.record('columns', isOneHotLevels) }),
  makes: ({ columns }) => ({
    names: Object.entries(columns).flatMap(([name, learned]) => namesOf(name, learned)),
    replaced: Object.keys(columns),
  }),
  apply({ columns }, names): Originating & InvertibleTransformation {
    const encodings = encodingsOf(columns, names);
    return { ...encoding(encodings), inverseTransform: (x) => withCategories(x, columns, encodings) };
  },
  describe({ columns }) {
    const counts = Object.entries(columns).map(
      ([name, learned]) => `${name} (${namesOf(name, learned).length} columns)`,
    );
    return counts.join(', ') || 'no columns';
  },
}) {}

/** The levels that a `OneHotEncoder` has learned. */
export type FittedOneHotEncoder = FittedBy<typeof OneHotEncoder>;

type LevelSettings = Omit<SettingsOf<typeof parameters>, 'columns'>;

function learnLevels(
  counts: ReadonlyMap<string, number>,
  nRows: number,
  settings: LevelSettings,
): OneHotLevels {
  const rare = rareLevels(counts, nRows, settings);
  const frequent = [...counts.keys()].filter((level) => !rare.has(level));
  const infrequent = [...counts.keys()].filter((level) => rare.has(level));
  const nColumns = frequent.length + Math.min(infrequent.length, 1);
  const drops = settings.drop === 'first' || (settings.drop === 'ifBinary' && nColumns === 2);
  if (!drops || frequent.length === 0) return { levels: frequent, infrequent, dropped: null };
  return { levels: frequent.slice(1), infrequent, dropped: frequent[0] };
}

function rareLevels(
  counts: ReadonlyMap<string, number>,
  nRows: number,
  { minFrequency, maxCategories }: LevelSettings,
): Set<string> {
  const fewest = minFrequency < 1 ? minFrequency * nRows : minFrequency;
  const rare = new Set([...counts.keys()].filter((level) => (counts.get(level) ?? 0) < fewest));
  const nColumns = counts.size - rare.size + Math.min(rare.size, 1);
  if (maxCategories === undefined || nColumns <= maxCategories) return rare;
  const byCount = [...counts].sort(([, a], [, b]) => a - b);
  return new Set([...byCount.slice(0, counts.size - maxCategories + 1).map(([level]) => level), ...rare]);
}

/** @param names the names of all output columns, in order. */
function encodingsOf(
  columns: OneHotEncoderState['columns'],
  names: readonly string[],
): ReadonlyMap<string, LevelEncoding> {
  let next = 0;
  return new Map(
    Object.entries(columns).map(([name, learned]) => {
      const own = names.slice(next, next + outputsOf(learned).length);
      next += own.length;
      return [name, oneHotEncoding(own, learned)];
    }),
  );
}

/** The levels that the output columns of a category column represent. */
function outputsOf({ levels, infrequent }: OneHotLevels): readonly string[] {
  return infrequent.length > 0 ? [...levels, INFREQUENT] : levels;
}

function namesOf(column: string, learned: OneHotLevels): string[] {
  return outputsOf(learned).map((level) => `${column}_${level}`);
}

/** Restores the category columns, each instead of its first output column, or at the end if it has none. */
function withCategories(
  x: Table,
  learnedColumns: OneHotEncoderState['columns'],
  encodings: ReadonlyMap<string, LevelEncoding>,
): Table {
  const restored = new Map<string, readonly [string, Column]>();
  const atEnd: (readonly [string, Column])[] = [];
  const consumed = new Set<string>();
  for (const [name, learned] of Object.entries(learnedColumns)) {
    const names = encodings.get(name)?.names ?? [];
    const column = levelsOf(x, names, learned);
    if (names.length > 0) restored.set(names[0], [name, column]);
    else atEnd.push([name, column]);
    for (const encoded of names) consumed.add(encoded);
  }
  const columns = Array.from(x.entries()).flatMap((entry) => {
    const category = restored.get(entry[0]);
    if (category) return [category];
    return consumed.has(entry[0]) ? [] : [entry];
  });
  return Table.fromColumns([...columns, ...atEnd], x.nRows);
}

function oneHotEncoding(
  names: readonly string[],
  { levels, infrequent, dropped }: OneHotLevels,
): LevelEncoding {
  const unit = (k: number) => names.map((_, i) => (i === k ? 1 : 0));
  const zeros = unit(-1);
  const rare = infrequent.length > 0 ? unit(levels.length) : zeros;
  const placeOf = new Map(levels.map((level, k) => [level, k] as const));
  for (const level of infrequent) placeOf.set(level, levels.length);
  if (dropped !== null) placeOf.set(dropped, -1);
  // Built on demand: building all would take quadratic time and memory in the number of levels.
  const get = (level: string) => {
    const place = placeOf.get(level);
    return place === undefined ? undefined : unit(place);
  };
  return {
    names,
    numbers: { get },
    unseen: rare,
    missing: zeros,
  };
}

function levelsOf(x: Table, names: readonly string[], learned: OneHotLevels): Column {
  const columns = names.map((name) => x.numeric(name));
  const { dropped } = learned;
  const outputs = outputsOf(learned);
  // A level may itself be named "infrequent" if it was dropped.
  const known = [...new Set(dropped === null ? outputs : [...outputs, dropped])];
  const codeOf = new Map(known.map((level, code) => [level, code]));
  const none = dropped === null ? -1 : (codeOf.get(dropped) ?? -1);
  const codes = new Int32Array(x.nRows);
  for (let row = 0; row < codes.length; row++) {
    let best = none;
    let largest = 0;
    for (let k = 0; k < columns.length; k++) {
      if (!(columns[k][row] > largest)) continue;
      largest = columns[k][row];
      best = k;
    }
    codes[row] = best;
  }
  return { kind: 'category', codes, levels: known };
}

function isOneHotLevels(value: unknown): value is OneHotLevels {
  if (!isPlainObject(value)) return false;
  const { levels, infrequent, dropped } = value;
  if (!Array.isArray(levels) || !Array.isArray(infrequent)) return false;
  const all = [...levels, ...infrequent, ...(dropped === null ? [] : [dropped])];
  return all.every(isString) && firstRepeated(all) === undefined;
}

function isFrequency(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && (value < 1 || Number.isInteger(value));
}
