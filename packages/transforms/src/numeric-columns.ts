import {
  allFinite,
  checkedValues,
  positionOf,
  type RowStep,
  type Table,
  type TableSchema,
} from '@churn/core';

/**
 * What `statistic` says of the values of each numeric column, missing ones left out; `null` where there are none.
 *
 * @param columns the columns asked; without them all numeric ones.
 * @param statistic may say `null` where the values are too few.
 * @throws `column-name` or `column-kind` where there is no such numeric column; `invalid-data` where a value is infinite.
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
 * The values of a numeric column without the missing ones. Not always a copy: do not write to it.
 * @throws `invalid-data` where a value is infinite, naming column and row.
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

/**
 * `x` with each numeric column that `learned` names replaced, where it stands, by what `map` makes of its values.
 * A column of which nothing could be learned (`null`) stays as it is, but must be there.
 *
 * @param map must not write to the values it gets.
 * @throws `column-name` or `column-kind` where there is no such numeric column.
 */
export function mapNumeric<T>(
  x: Table,
  learned: Readonly<Record<string, T | null>>,
  map: (values: Float64Array, learned: T, name: string) => Float64Array,
): Table {
  return x.with(
    Object.entries(learned).map(([name, parameter]) => {
      const values = x.numeric(name);
      return [name, parameter === null ? values : map(values, parameter, name)] as const;
    }),
  );
}

/**
 * What `mapNumeric` does, for one row at a time: positions and parameters are looked up once.
 *
 * @param mapOf gives the function of one value that `map` of `mapNumeric` applies to each.
 * @throws `column-name` or `column-kind` where the schema has no such numeric column.
 */
export function mapNumericRow<T>(
  schema: TableSchema,
  learned: Readonly<Record<string, T | null>>,
  mapOf: (learned: T, name: string) => (value: number) => number,
): RowStep {
  const parts = Object.entries(learned).flatMap(([name, parameter]) => {
    const position = positionOf(schema, name, 'numeric');
    return parameter === null ? [] : [{ position, map: mapOf(parameter, name) }];
  });
  return {
    schema,
    apply(row) {
      for (let i = 0; i < parts.length; i++) {
        const { position, map } = parts[i];
        row[position] = map(row[position] as number);
      }
      return row;
    },
  };
}
