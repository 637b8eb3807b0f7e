import { type Cell, type Column, type SeenValues, seenValues, type Table } from '@churn/core';
import { type ColumnRule, type DatasetColumn, levelRules, numberRules, quoted } from '@churn/io';
import type { AnyScoringModel } from './scoring-model.js';

/**
 * The kinds of warnings: a value that violates a declared rule (`rule`); one that violates none, but is an unseen category (`unseen`) or a
 * number far beyond the training range (`far`); or a row whose columns are mostly empty, even those that nearly every training row had
 * (`empty`).
 */
export const WARNING_KINDS = ['unseen', 'far', 'rule', 'empty'] as const;

/** A value with a warning; `null` if it is missing. */
export type UnusualValue = string | number | null;

/** A value as shown in messages. */
export function shownValue(value: UnusualValue): string {
  return value === null ? 'unknown' : typeof value === 'number' ? String(value) : quoted(value);
}

/** A warning about a row. */
export interface RowWarning {
  readonly kind: (typeof WARNING_KINDS)[number];
  /** The column with the value; `undefined` if the warning concerns the whole row. */
  readonly column?: string;
  /** The value; `null` if it is missing or the warning concerns the whole row. */
  readonly value: UnusualValue;
  /** The reason, the same for all such values of the column: `not seen in training`. */
  readonly detail: string;
  /** The violated rule, such as `0 or more`; only for kind `rule`. */
  readonly expected?: string;
  /** The full text: `plan is "gold", not seen in training`. */
  readonly text: string;
}

type Warnings = readonly RowWarning[];

/** Finds warnings; rows without any take no memory. */
export interface RowWarnings {
  /** The warnings of a table, by row, for rows that have any. */
  ofTable(x: Table): ReadonlyMap<number, Warnings>;
  /** The warnings of a single row, which has a value for each column. */
  ofRow(row: Readonly<Record<string, Cell>>): Warnings;
}

/** The share of missing values in training up to which a column counts as filled. */
const NEARLY_NONE = 0.01;

const NO_WARNINGS: Warnings = [];

const MOSTLY_EMPTY = 'most columns are empty, even those that were nearly always filled in training';
const EMPTY_ROW: RowWarning = { kind: 'empty', value: null, detail: MOSTLY_EMPTY, text: MOSTLY_EMPTY };

/** Creates the checks of rows: against the training data and the declared rules. */
export function rowWarnings({ model, schema }: Pick<AnyScoringModel, 'model' | 'schema'>): RowWarnings {
  const seen = seenValues(model);
  const { rows = 0, columns = [] } = model.summary ?? {};
  const filled = new Set(
    columns.filter(({ missing }) => missing <= NEARLY_NONE * rows).map(({ name }) => name),
  );
  const checks = schema.map(
    (column) => new ColumnCheck(column, seen.get(column.name), filled.has(column.name)),
  );
  const isMostlyEmpty = (empty: number, lacking: number) =>
    2 * empty > checks.length && lacking >= 2 && 2 * lacking > filled.size;
  return {
    ofTable(x) {
      const found = new Map<number, RowWarning[]>();
      const add = (row: number, warnings: Warnings) => {
        const before = found.get(row);
        if (before) before.push(...warnings);
        else found.set(row, [...warnings]);
      };
      const empty = new Uint32Array(x.nRows);
      const lacking = new Uint32Array(x.nRows);
      for (const check of checks) {
        check.ofColumn(x.column(check.name), add, (row) => {
          empty[row]++;
          if (check.isFilled) lacking[row]++;
        });
      }
      for (let row = 0; row < x.nRows; row++) {
        if (empty[row] > 0 && isMostlyEmpty(empty[row], lacking[row])) add(row, [EMPTY_ROW]);
      }
      return found;
    },
    ofRow(row) {
      let found = NO_WARNINGS;
      let [empty, lacking] = [0, 0];
      for (const check of checks) {
        const cell = row[check.name];
        if (isMissing(cell)) {
          empty++;
          if (check.isFilled) lacking++;
        }
        const warnings = check.of(cell);
        if (warnings.length > 0) found = [...found, ...warnings];
      }
      return isMostlyEmpty(empty, lacking) ? [...found, EMPTY_ROW] : found;
    },
  };
}

/** The checks of a column's values. */
class ColumnCheck {
  readonly name: string;
  readonly #seen: SeenValues | undefined;
  readonly #isNullable: boolean;
  readonly #numberRules: readonly ColumnRule<number>[];
  readonly #levelRules: readonly ColumnRule<string>[];
  /** The range in which numbers need no further check, except possibly for being integers. */
  readonly #low: number;
  readonly #high: number;
  readonly #isWhole: boolean;

  constructor(
    column: DatasetColumn,
    seen: SeenValues | undefined,
    /** Whether nearly all training rows have a value. */
    readonly isFilled: boolean,
  ) {
    const { name, nullable = true, min = -Infinity, max = Infinity, integer = false } = column;
    this.name = name;
    this.#seen = seen;
    this.#isNullable = nullable;
    this.#numberRules = numberRules(column);
    this.#levelRules = levelRules(column);
    this.#low = seen?.kind === 'numeric' ? Math.max(min, seen.low) : min;
    this.#high = seen?.kind === 'numeric' ? Math.min(max, seen.high) : max;
    this.#isWhole = integer;
  }

  /** Passes the warnings of a column to `add`, and rows without a value to `addEmpty`. */
  ofColumn(
    column: Column,
    add: (row: number, warnings: Warnings) => void,
    addEmpty: (row: number) => void,
  ): void {
    const missing = this.of(null);
    const addMissing = (row: number) => {
      addEmpty(row);
      if (missing.length > 0) add(row, missing);
    };
    if (column.kind === 'numeric') {
      const { values } = column;
      const [low, high, isWhole] = [this.#low, this.#high, this.#isWhole];
      for (let row = 0; row < values.length; row++) {
        const value = values[row];
        if (value >= low && value <= high && (!isWhole || Number.isInteger(value))) continue;
        if (Number.isNaN(value)) addMissing(row);
        else add(row, this.of(value));
      }
      return;
    }
    const { codes, levels } = column;
    const ofLevel = levels.map((level) => this.of(level));
    const areUsual = ofLevel.every((warnings) => warnings.length === 0);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row];
      if (code < 0) addMissing(row);
      else if (!areUsual && ofLevel[code].length > 0) add(row, ofLevel[code]);
    }
  }

  /** The warnings of a value. */
  of(cell: Cell): Warnings {
    if (isMissing(cell)) {
      return this.#isNullable ? NO_WARNINGS : [this.#broken(null, 'a value')];
    }
    if (typeof cell === 'number') {
      const isUsual = cell >= this.#low && cell <= this.#high && (!this.#isWhole || Number.isInteger(cell));
      return isUsual ? NO_WARNINGS : this.#ofNumber(cell);
    }
    return this.#ofLevel(String(cell));
  }

  #ofNumber(value: number): Warnings {
    const broken = this.#brokenOf(this.#numberRules, value);
    const seen = this.#seen;
    if (broken.length > 0 || seen?.kind !== 'numeric' || (value >= seen.low && value <= seen.high))
      return broken;
    return [this.#warning('far', value, `far beyond the training range (${seen.min} to ${seen.max})`)];
  }

  #ofLevel(level: string): Warnings {
    const broken = this.#brokenOf(this.#levelRules, level);
    if (broken.length > 0 || this.#seen?.kind !== 'category' || this.#seen.levels.has(level)) return broken;
    return [this.#warning('unseen', level, 'not seen in training')];
  }

  #brokenOf<Value extends string | number>(rules: readonly ColumnRule<Value>[], value: Value): RowWarning[] {
    return rules.filter((rule) => !rule.allows(value)).map(({ expected }) => this.#broken(value, expected));
  }

  #broken(value: UnusualValue, expected: string): RowWarning {
    return { ...this.#warning('rule', value, `expected ${expected}`), expected };
  }

  #warning(kind: RowWarning['kind'], value: UnusualValue, detail: string): RowWarning {
    const text = `${this.name} is ${shownValue(value)}, ${detail}`;
    return { kind, column: this.name, value, detail, text };
  }
}

function isMissing(cell: Cell): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell);
}
