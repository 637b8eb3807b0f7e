import { allFinite, checkedValues, positionOf, rowFaultError, type Table } from '@churn/core';
import type { InvertibleTransformation, Transformation } from './transformer.js';

/**
 * The `statistic` of the values of each numeric column, without missing ones; `null` if there are none.
 *
 * @param columns the columns; default all numeric ones.
 * @param statistic may return `null` if there are too few values.
 * @throws `column-name` or `column-kind` if there is no such numeric column; `invalid-data` if a value is infinite.
 */
export function learnNumeric<T>(
  x: Table,
  columns: readonly string[] | undefined,
  statistic: (values: Float64Array, name: string) => T | null,
): Record<string, T | null> {
  const names = columns ?? x.namesOf('numeric');
  return Object.fromEntries(
    names.map((name) => {
      const values = observedValues(x, name);
      return [name, values.length > 0 ? statistic(values, name) : null];
    }),
  );
}

/**
 * The non-missing values of a numeric column. Not always a copy: do not modify it.
 * @throws `invalid-data` if a value is infinite, naming column and row.
 */
export function observedValues(x: Table, name: string): Float64Array {
  const values = x.numeric(name);
  if (allFinite(values)) return values;
  checkedValues(
    name,
    values,
    (value) => Math.abs(value) !== Infinity,
    (value) => `expected a finite number, got ${value}`,
  );
  let missing = 0;
  for (const value of values) if (Number.isNaN(value)) missing++;
  const observed = new Float64Array(values.length - missing);
  let next = 0;
  for (const value of values) if (!Number.isNaN(value)) observed[next++] = value;
  return observed;
}

/** A map of numbers. */
export interface NumberMap {
  /** Maps a value; a missing one, `NaN`, stays missing. */
  one(value: number): number;
  /** Maps an array without modifying it, if its own loop is faster than `one` for each value. */
  all?(values: Float64Array): Float64Array;
  /** The reason that a value cannot be mapped; `undefined` if it can. */
  refusal?(value: number): string | undefined;
}

/**
 * Replaces the values of numeric columns in place. A column for which nothing was learned (`null`) is unchanged, but must exist.
 *
 * @param learned what `apply` needs for each column.
 */
export function mapNumbers<L>(
  learned: Readonly<Record<string, L | null>>,
  apply: (learned: L) => NumberMap,
): Transformation {
  const maps = Object.entries(learned).map(
    ([name, each]) => [name, each === null ? null : apply(each)] as const,
  );
  return {
    transform: (x) => mapColumns(x, maps),
    compileRow(schema) {
      const parts = maps.flatMap(([name, map]) => {
        const position = positionOf(schema, name, 'numeric');
        return map === null ? [] : [{ position, one: checkedOne(name, map) }];
      });
      return {
        schema,
        apply(row) {
          for (let i = 0; i < parts.length; i++) {
            const { position, one } = parts[i];
            row[position] = one(row[position] as number);
          }
          return row;
        },
      };
    },
  };
}

/** `mapNumbers` that can be undone. */
export function mapNumbersBothWays<L>(
  learned: Readonly<Record<string, L | null>>,
  apply: (learned: L) => NumberMap,
  invert: (learned: L) => NumberMap,
): InvertibleTransformation {
  return { ...mapNumbers(learned, apply), inverseTransform: mapNumbers(learned, invert).transform };
}

function mapColumns(x: Table, maps: readonly (readonly [string, NumberMap | null])[]): Table {
  return x.with(
    maps.map(([name, map]) => {
      const values = x.numeric(name);
      return [name, map === null ? values : mapped(name, values, map)] as const;
    }),
  );
}

function mapped(name: string, values: Float64Array, { one, all, refusal }: NumberMap): Float64Array {
  if (refusal) requireMappable(name, values, refusal);
  if (all) return all(values);
  const result = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) result[row] = one(values[row]);
  return result;
}

/** @throws `invalid-data` if there is a `refusal` for a value, with a fault for each. */
export function requireMappable(
  name: string,
  values: Float64Array,
  refusal: (value: number) => string | undefined,
): void {
  checkedValues(
    name,
    values,
    (value) => refusal(value) === undefined,
    (value) => `${refusal(value)}`,
  );
}

function checkedOne(column: string, { one, refusal }: NumberMap): (value: number) => number {
  if (!refusal) return one;
  return (value) => {
    const detail = refusal(value);
    if (detail !== undefined) throw rowFaultError([{ row: 0, column, detail }]);
    return one(value);
  };
}
