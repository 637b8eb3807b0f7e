import {
  type CategoryColumn,
  ChurnError,
  firstRepeated,
  isPlainObject,
  isString,
  numberParameter,
  type OptionsOf,
  parameter,
  requireParameter,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { encodingByNumber, levelCountsText, sortedLevels } from './level-encoding.js';
import { mapValues } from './map-values.js';
import type { Originating } from './transformer.js';
import { type FittedBy, type InvertibleTransformation, transformer } from './transformer.js';

const parameters = {
  /** The columns to encode; default all category columns. */
  columns: columnNames(),
  /** The desired order of levels by column; other columns are sorted by code unit. */
  categories: withDefault(parameter('an object of { column: levels }', areCategories), {}),
  /** The code of an unknown level; it must not be that of a known one. Default -1. */
  unknownValue: withDefault(numberParameter(), -1),
};

export type OrdinalEncoderOptions = OptionsOf<typeof parameters>;

/** The levels of each column in order, the first of which is 0. */
export type OrdinalEncoderState = {
  readonly levels: Readonly<Record<string, readonly string[]>>;
  readonly unknownValue: number;
};

/**
 * Replaces each category by the index of its level, from 0, in the given order or sorted by code unit. An unknown level becomes
 * `unknownValue`; a missing value stays missing.
 *
 * ```ts
 * new OrdinalEncoder({ categories: { Card: ['Blue', 'Silver', 'Gold', 'Platinum'] } });
 * ```
 */
export class OrdinalEncoder extends transformer({
  type: 'OrdinalEncoder',
  parameters,
  check({ columns, categories }) {
    for (const [name, levels] of Object.entries(categories)) {
      requireParameter(isLevels(levels), `categories of "${name}"`, 'a list of distinct levels', levels);
    }
    const other = columns && Object.keys(categories).find((name) => !columns.includes(name));
    requireParameter(other === undefined, 'categories', 'columns among those of "columns"', other);
  },
  learn(x, { columns = x.namesOf('category'), categories, unknownValue }): OrdinalEncoderState {
    for (const name of Object.keys(categories)) x.category(name);
    const levels = columns.map((name) => {
      const sorted = [...sortedLevels(x.category(name)).keys()];
      return [name, Object.hasOwn(categories, name) ? categories[name] : sorted] as const;
    });
    for (const [name, { length }] of levels) {
      const isFree = !isPlace(unknownValue, length);
      requireParameter(
        isFree,
        'unknownValue',
        `a number that is not the code of a level of "${name}"`,
        unknownValue,
      );
    }
    return { levels: Object.fromEntries(levels), unknownValue };
  },
  restore(state) {
    const levels = state.record('levels', isLevels);
    const unknownValue = state.number('unknownValue');
    const isFree = Object.values(levels).every(({ length }) => !isPlace(unknownValue, length));
    state.expect(isFree, 'unknownValue', 'a number that is not the code of a level');
    return { levels, unknownValue };
  },
  apply: ({ levels, unknownValue }): Originating & InvertibleTransformation => ({
    ...encodingByNumber(mapValues(levels, places), unknownValue, NaN),
    inverseTransform: (x) =>
      x.with(
        Object.entries(levels).map(
          ([name, ofColumn]) => [name, levelsAt(name, x.numeric(name), ofColumn, unknownValue)] as const,
        ),
      ),
  }),
  describe: ({ levels }) => levelCountsText(levels),
}) {}

/** The order of levels that an `OrdinalEncoder` has learned. */
export type FittedOrdinalEncoder = FittedBy<typeof OrdinalEncoder>;

function places(levels: readonly string[]): (readonly [level: string, place: number])[] {
  return levels.map((level, place) => [level, place] as const);
}

function levelsAt(
  name: string,
  values: Float64Array,
  levels: readonly string[],
  unknownValue: number,
): CategoryColumn {
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const isUnknown = Number.isNaN(value) || value === unknownValue;
    if (!isUnknown && !isPlace(value, levels.length)) {
      throw new ChurnError(
        'invalid-data',
        `column "${name}", row ${row}: expected an integer below ${levels.length}, got ${value}`,
      );
    }
    codes[row] = isUnknown ? -1 : value;
  }
  return { kind: 'category', codes, levels };
}

function isLevels(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString) && firstRepeated(value) === undefined;
}

/** Whether a number is a valid level index. */
function isPlace(value: number, nLevels: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < nLevels;
}

function areCategories(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return isPlainObject(value);
}
