import {
  type CategoryColumn,
  type Column,
  numericColumn,
  positionOf,
  type RowStep,
  type RowValues,
  Table,
  type TableSchema,
} from '@churn/core';
import type { Originating } from './transformer.js';

/** The numeric columns that replace a category column, and their values for each level. */
export interface LevelEncoding {
  /** The names of the columns. */
  readonly names: readonly string[];
  /** The numbers of each level, one per column. */
  readonly numbers: Pick<ReadonlyMap<string, readonly number[]>, 'get'>;
  /** The numbers of a level not seen at `fit`. */
  readonly unseen: readonly number[];
  /** The numbers of a missing value. */
  readonly missing: readonly number[];
}

/** The number of rows of each level, in the order of `levels`. */
function levelCounts({ codes, levels }: CategoryColumn): Int32Array {
  const counts = new Int32Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) counts[codes[row]]++;
  return counts;
}

/** The levels that have rows, sorted by code unit, with their row counts. */
export function sortedLevels(column: CategoryColumn): Map<string, number> {
  const counts = levelCounts(column);
  const present = column.levels
    .map((level, code) => [level, counts[code]] as const)
    .filter(([, count]) => count > 0);
  return new Map(present.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Replaces each category column, under its own name, by one number per level. */
export function encodingByNumber(
  numbers: Readonly<Record<string, Iterable<readonly [level: string, number: number]>>>,
  unseen: number,
  missing: number,
): Originating {
  return encoding(
    new Map(
      Object.entries(numbers).map(([name, ofLevels]) => [
        name,
        {
          names: [name],
          numbers: new Map(Array.from(ofLevels, ([level, number]) => [level, [number]] as const)),
          unseen: [unseen],
          missing: [missing],
        },
      ]),
    ),
  );
}

/** Replaces each category column in `encodings`, in place, by its numeric columns. */
export function encoding(encodings: ReadonlyMap<string, LevelEncoding>): Originating {
  return {
    origins: encodingOrigins(encodings),
    transform: (x) => encodeLevels(x, encodings),
    compileRow: (schema) => compileLevels(schema, encodings),
  };
}

/** The number of levels of each column, in one line. */
export function levelCountsText(levels: Readonly<Record<string, object>>): string {
  const columns = Object.entries(levels).map(
    ([name, each]) => `${name} (${Object.keys(each).length} levels)`,
  );
  return columns.join(', ') || 'no columns';
}

/** For each numeric column that has another name than its category column, that column. */
function encodingOrigins(encodings: ReadonlyMap<string, LevelEncoding>): Map<string, readonly string[]> {
  return new Map(
    Array.from(encodings).flatMap(([column, { names }]) =>
      names.filter((name) => name !== column).map((name): [string, string[]] => [name, [column]]),
    ),
  );
}

/**
 * `x` with each category column in `encodings` replaced, in place, by its numeric columns.
 * @throws `column-name` or `column-kind` if there is no such category column; `column-name` if two columns of the result would have the
 * same name.
 */
function encodeLevels(x: Table, encodings: ReadonlyMap<string, LevelEncoding>): Table {
  const replacements = new Map<string, (readonly [string, Column])[]>();
  for (const [name, encoding] of encodings) {
    const column = x.category(name);
    const found = column.levels.map((level) => encoding.numbers.get(level) ?? encoding.unseen);
    replacements.set(
      name,
      encoding.names.map((output, k) => {
        const ofLevel = Float64Array.from(found, (numbers) => numbers[k]);
        return [output, numericColumn(numbersOf(column.codes, ofLevel, encoding.missing[k]))] as const;
      }),
    );
  }
  return replaceColumns(x, replacements);
}

function numbersOf(codes: Int32Array, ofLevel: Float64Array, missing: number): Float64Array {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = codes[row] < 0 ? missing : ofLevel[codes[row]];
  return values;
}

/**
 * `x` with each column in `replacements` replaced, in place, by any number of columns.
 * @throws `column-name` if two columns of the result would have the same name.
 */
export function replaceColumns(
  x: Table,
  replacements: ReadonlyMap<string, readonly (readonly [string, Column])[]>,
): Table {
  const columns = Array.from(x.entries(), (entry) => replacements.get(entry[0]) ?? [entry]);
  return Table.fromColumns(columns.flat(), x.nRows);
}

/** `encodeLevels` for one row at a time. */
function compileLevels(schema: TableSchema, encodings: ReadonlyMap<string, LevelEncoding>): RowStep {
  const parts = Array.from(encodings, ([name, encoding]) => ({
    position: positionOf(schema, name, 'category'),
    encoding,
  }));
  const output = schema.flatMap((column) =>
    (encodings.get(column.name)?.names ?? [null]).map((name) =>
      name === null ? column : { name, kind: 'numeric' as const },
    ),
  );
  // A table rejects repeated names.
  Table.fromColumns(output.map(({ name }) => [name, new Float64Array(0)] as const));
  if (parts.every(({ encoding }) => encoding.names.length === 1)) {
    return {
      schema: output,
      apply(row) {
        for (let i = 0; i < parts.length; i++) {
          const { position, encoding } = parts[i];
          row[position] = lookUp(encoding, row[position])[0];
        }
        return row;
      },
    };
  }
  const byPosition: (LevelEncoding | undefined)[] = schema.map(({ name }) => encodings.get(name));
  return {
    schema: output,
    apply(row) {
      const values: RowValues = new Array(output.length);
      let next = 0;
      for (let position = 0; position < byPosition.length; position++) {
        const encoding = byPosition[position];
        if (encoding === undefined) {
          values[next++] = row[position];
          continue;
        }
        const numbers = lookUp(encoding, row[position]);
        for (let k = 0; k < numbers.length; k++) values[next++] = numbers[k];
      }
      return values;
    },
  };
}

function lookUp({ numbers, unseen, missing }: LevelEncoding, level: RowValues[number]): readonly number[] {
  return level === null ? missing : (numbers.get(level as string) ?? unseen);
}
