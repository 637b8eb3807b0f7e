import {
  type Column,
  type FittedTransformer,
  firstRepeated,
  fitThenTransform,
  isPlainObject,
  isString,
  type RowStep,
  requireParameter,
  type StateReader,
  Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import {
  compileLevels,
  encodeLevels,
  encodingOrigins,
  type LevelEncoding,
  sortedLevels,
} from './level-encoding.js';

/** Which level goes without a column: none, the first of each column, or the first of those with two levels. */
export type OneHotDrop = 'first' | 'ifBinary' | null;

export interface OneHotEncoderOptions extends ColumnsOption {
  /** Which level goes without a column; default `null`, none. */
  readonly drop?: OneHotDrop;
  /** Levels of fewer rows are grouped: a whole number from 1, or a share of all rows below 1; default 1, none. */
  readonly minFrequency?: number;
  /** How many columns a category column makes at most, that of the rarer levels included; default no limit. */
  readonly maxCategories?: number;
}

/** The levels of one column: those with a column of their own, those grouped as rare, and the one without a column. */
export type OneHotLevels = {
  readonly levels: readonly string[];
  readonly infrequent: readonly string[];
  readonly dropped: string | null;
};

/** The levels of each column. */
export type OneHotEncoderState = { readonly columns: Readonly<Record<string, OneHotLevels>> };

/** What the column of rare levels is named after. */
const INFREQUENT = 'infrequent';

/**
 * Replaces a category column by one column of 0 and 1 a level, named `<column>_<level>`, in the order of the levels by
 * code unit. Rare levels share the last column, `<column>_infrequent`.
 *
 * A level that was not there at `fit` is rare where there is such a column, and otherwise 0 in all columns. A missing
 * value is 0 in all columns, and so is the dropped level.
 *
 * ```ts
 * new OneHotEncoder({ columns: ['Gender'] }).fitTransform(train).output.names; // ['Gender_F', 'Gender_M']
 * ```
 */
export class OneHotEncoder implements Transformer<FittedOneHotEncoder> {
  readonly role = 'transformer';
  static readonly type = 'OneHotEncoder';
  readonly columns?: readonly string[];
  readonly drop: OneHotDrop;
  readonly minFrequency: number;
  readonly maxCategories?: number;

  /**
   * @param options `columns`: the columns to encode; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, drop = null, minFrequency = 1, maxCategories }: OneHotEncoderOptions = {}) {
    const isDrop = drop === null || drop === 'first' || drop === 'ifBinary';
    requireParameter(isDrop, 'drop', "'first', 'ifBinary' or null", drop);
    const isFrequency = minFrequency > 0 && (minFrequency < 1 || Number.isInteger(minFrequency));
    requireParameter(isFrequency, 'minFrequency', 'a whole number from 1 or a share below 1', minFrequency);
    const isLimit = maxCategories === undefined || (Number.isInteger(maxCategories) && maxCategories >= 1);
    requireParameter(isLimit, 'maxCategories', 'a whole number from 1', maxCategories);
    this.columns = chosenColumns(columns);
    this.drop = drop;
    this.minFrequency = minFrequency;
    this.maxCategories = maxCategories;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedOneHotEncoder {
    return new FittedOneHotEncoder({ columns: state.record('columns', isOneHotLevels) });
  }

  /** @throws `column-name` or `column-kind` for a column without categories; `column-name` where two columns clash. */
  fit(x: Table): FittedOneHotEncoder {
    const names = this.columns ?? x.namesOf('category');
    const fitted = new FittedOneHotEncoder({
      columns: Object.fromEntries(
        names.map((name) => [name, this.#learn(sortedLevels(x.category(name)), x.nRows)]),
      ),
    });
    // Without rows this only checks names.
    fitted.transform(x.take([]));
    return fitted;
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }

  #learn(counts: ReadonlyMap<string, number>, nRows: number): OneHotLevels {
    const rare = this.#rareLevels(counts, nRows);
    const frequent = [...counts.keys()].filter((level) => !rare.has(level));
    const infrequent = [...counts.keys()].filter((level) => rare.has(level));
    const nColumns = frequent.length + Math.min(infrequent.length, 1);
    const drops = this.drop === 'first' || (this.drop === 'ifBinary' && nColumns === 2);
    if (!drops || frequent.length === 0) return { levels: frequent, infrequent, dropped: null };
    return { levels: frequent.slice(1), infrequent, dropped: frequent[0] };
  }

  #rareLevels(counts: ReadonlyMap<string, number>, nRows: number): Set<string> {
    const fewest = this.minFrequency < 1 ? this.minFrequency * nRows : this.minFrequency;
    const rare = new Set([...counts.keys()].filter((level) => (counts.get(level) ?? 0) < fewest));
    const { maxCategories } = this;
    const nColumns = counts.size - rare.size + Math.min(rare.size, 1);
    if (maxCategories === undefined || nColumns <= maxCategories) return rare;
    const byCount = [...counts].sort(([, a], [, b]) => a - b);
    return new Set([...byCount.slice(0, counts.size - maxCategories + 1).map(([level]) => level), ...rare]);
  }
}

/** The levels that a `OneHotEncoder` has learned. */
export class FittedOneHotEncoder implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = OneHotEncoder.type;
  readonly #encodings: ReadonlyMap<string, LevelEncoding>;

  constructor(readonly state: OneHotEncoderState) {
    this.#encodings = new Map(
      Object.entries(state.columns).map(([name, learned]) => [name, oneHotEncoding(name, learned)]),
    );
  }

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as categories. */
  transform(x: Table): Table {
    return encodeLevels(x, this.#encodings);
  }

  /**
   * The category columns again, each where its first column stands: the level whose number is the largest, if above 0;
   * the level `infrequent` for rare ones; without any, the dropped level or a missing value. A column of which no level
   * was learned, or whose only level was dropped, has left no columns and comes at the end.
   *
   * @throws `column-name` or `column-kind` where a column of a level is not there as numbers.
   */
  inverseTransform(x: Table): Table {
    const restored = new Map<string, readonly [string, Column]>();
    const atEnd: (readonly [string, Column])[] = [];
    const consumed = new Set<string>();
    for (const [name, learned] of Object.entries(this.state.columns)) {
      const names = this.#encodings.get(name)?.names ?? [];
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

  compileRow(schema: TableSchema): RowStep {
    return compileLevels(schema, this.#encodings);
  }

  get origins(): ReadonlyMap<string, readonly string[]> {
    return encodingOrigins(this.#encodings);
  }

  describe(): string {
    const columns = Array.from(this.#encodings, ([name, { names }]) => `${name} (${names.length} columns)`);
    return `OneHotEncoder: ${columns.join(', ') || 'no columns'}`;
  }
}

function oneHotEncoding(name: string, { levels, infrequent, dropped }: OneHotLevels): LevelEncoding {
  const outputs = infrequent.length > 0 ? [...levels, INFREQUENT] : levels;
  const unit = (k: number) => outputs.map((_, i) => (i === k ? 1 : 0));
  const zeros = unit(-1);
  const rare = infrequent.length > 0 ? unit(levels.length) : zeros;
  const placeOf = new Map(levels.map((level, k) => [level, k] as const));
  for (const level of infrequent) placeOf.set(level, levels.length);
  if (dropped !== null) placeOf.set(dropped, -1);
  // Made when it is asked for: those of all levels would take the square of their number.
  const get = (level: string) => {
    const place = placeOf.get(level);
    return place === undefined ? undefined : unit(place);
  };
  return {
    names: outputs.map((level) => `${name}_${level}`),
    numbers: { get },
    unseen: rare,
    missing: zeros,
  };
}

function levelsOf(x: Table, names: readonly string[], { levels, infrequent, dropped }: OneHotLevels): Column {
  const columns = names.map((name) => x.numeric(name));
  const outputs = infrequent.length > 0 ? [...levels, INFREQUENT] : [...levels];
  // A level may itself be named "infrequent" where it was dropped.
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
