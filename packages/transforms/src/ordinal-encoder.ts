import {
  type CategoryColumn,
  ChurnError,
  type FittedTransformer,
  firstRepeated,
  fitThenTransform,
  isNumber,
  isPlainObject,
  isString,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import {
  compileLevels,
  encodeLevels,
  type LevelEncoding,
  singleEncoding,
  sortedLevels,
} from './level-encoding.js';

export interface OrdinalEncoderOptions extends ColumnsOption {
  /** The levels of a column in the order wanted, by column; the others are sorted by code unit. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  /** What a level that is not among them becomes: a number that is no level's; default -1. */
  readonly unknownValue?: number;
}

/** The levels of each column in order, the first of which is 0. */
export type OrdinalEncoderState = {
  readonly levels: Readonly<Record<string, readonly string[]>>;
  readonly unknownValue: number;
};

/**
 * Replaces each category by the place of its level, from 0: in the order given, or sorted by code unit. A level that is
 * not among them becomes `unknownValue`; a missing value stays missing.
 *
 * ```ts
 * new OrdinalEncoder({ categories: { Card: ['Blue', 'Silver', 'Gold', 'Platinum'] } });
 * ```
 */
export class OrdinalEncoder implements Transformer<FittedOrdinalEncoder> {
  readonly role = 'transformer';
  static readonly type = 'OrdinalEncoder';
  readonly columns?: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly unknownValue: number;

  /**
   * @param options `columns`: the columns to encode; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, categories = {}, unknownValue = -1 }: OrdinalEncoderOptions = {}) {
    requireParameter(isPlainObject(categories), 'categories', 'an object of { column: levels }', categories);
    for (const [name, levels] of Object.entries(categories)) {
      requireParameter(isLevels(levels), `categories of "${name}"`, 'a list of distinct levels', levels);
      const isChosen = columns === undefined || columns.includes(name);
      requireParameter(isChosen, 'categories', 'columns among those of "columns"', name);
    }
    requireParameter(isNumber(unknownValue), 'unknownValue', 'a number', unknownValue);
    this.columns = chosenColumns(columns);
    this.categories = structuredClone(categories);
    this.unknownValue = unknownValue;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedOrdinalEncoder {
    const levels = state.record('levels', isLevels);
    const unknownValue = state.number('unknownValue');
    const isFree = Object.values(levels).every(({ length }) => !isPlace(unknownValue, length));
    state.expect(isFree, 'unknownValue', "a number that is no level's");
    return new FittedOrdinalEncoder({ levels, unknownValue });
  }

  /**
   * @throws `column-name` or `column-kind` for a column without categories; `invalid-parameter` where `unknownValue` is
   *   the number of a level.
   */
  fit(x: Table): FittedOrdinalEncoder {
    const { categories, unknownValue } = this;
    for (const name of Object.keys(categories)) x.category(name);
    const names = this.columns ?? x.namesOf('category');
    const levels = names.map((name) => {
      const sorted = [...sortedLevels(x.category(name)).keys()];
      return [name, Object.hasOwn(categories, name) ? categories[name] : sorted] as const;
    });
    for (const [name, { length }] of levels) {
      const isFree = !isPlace(unknownValue, length);
      requireParameter(isFree, 'unknownValue', `a number that is no level's of "${name}"`, unknownValue);
    }
    return new FittedOrdinalEncoder({ levels: Object.fromEntries(levels), unknownValue });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The order of levels that an `OrdinalEncoder` has learned. */
export class FittedOrdinalEncoder implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = OrdinalEncoder.type;
  readonly #encodings: ReadonlyMap<string, LevelEncoding>;

  constructor(readonly state: OrdinalEncoderState) {
    this.#encodings = new Map(
      Object.entries(state.levels).map(([name, levels]) => [
        name,
        singleEncoding(
          name,
          levels.map((level, place) => [level, place] as const),
          state.unknownValue,
          NaN,
        ),
      ]),
    );
  }

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as categories. */
  transform(x: Table): Table {
    return encodeLevels(x, this.#encodings);
  }

  /**
   * The levels again; `unknownValue` becomes missing, as its level is not known.
   * @throws `column-name` or `column-kind` where a column is not there as numbers; `invalid-data` for another number.
   */
  inverseTransform(x: Table): Table {
    return x.with(
      Object.entries(this.state.levels).map(
        ([name, levels]) => [name, levelsAt(name, x.numeric(name), levels, this.state.unknownValue)] as const,
      ),
    );
  }

  compileRow(schema: TableSchema): RowStep {
    return compileLevels(schema, this.#encodings);
  }

  describe(): string {
    const columns = Object.entries(this.state.levels).map(
      ([name, levels]) => `${name} (${levels.length} levels)`,
    );
    return `OrdinalEncoder: ${columns.join(', ') || 'no columns'}`;
  }
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
        `column "${name}", row ${row}: expected a whole number below ${levels.length}, got ${value}`,
      );
    }
    codes[row] = isUnknown ? -1 : value;
  }
  return { kind: 'category', codes, levels };
}

function isLevels(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString) && firstRepeated(value) === undefined;
}

/** Whether a number is the place of one of so many levels. */
function isPlace(value: number, nLevels: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < nLevels;
}
