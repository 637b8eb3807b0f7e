import {
  ChurnError,
  type Column,
  columnLength,
  positionOf,
  type RowStep,
  type RowValues,
  type Table,
  type TableSchema,
} from '@churn/core';

/** The name of the column that tells where `name` had no value. */
export function indicatorName(name: string): string {
  return `${name}_missing`;
}

/**
 * Refuses a table in which a column already has the name of an indicator.
 * @throws `column-name`, naming that column.
 */
export function requireRoomForIndicators(present: readonly string[], indicators: readonly string[]): void {
  const taken = new Set(present);
  const clash = indicators.find((name) => taken.has(indicatorName(name)));
  if (clash === undefined) return;
  throw new ChurnError(
    'column-name',
    `column "${indicatorName(clash)}" is in the table, expected none of that name: it is to tell where "${clash}" was missing`,
  );
}

/**
 * The indicators of the columns `indicators` of `x`: 1 where the value is missing, 0 elsewhere.
 * @throws `column-name` where a column is missing, or one has the name of an indicator.
 */
export function indicatorColumns(x: Table, indicators: readonly string[]): [string, Float64Array][] {
  requireRoomForIndicators(x.names, indicators);
  return indicators.map((name) => [indicatorName(name), missingFlags(x.column(name))]);
}

/**
 * `step` with what `indicatorColumns` adds to a table, for one row at a time.
 *
 * @param step may neither add columns nor move them.
 * @param indicators columns of `schema`.
 * @throws `column-name` where a column has the name of an indicator.
 */
export function withIndicators(schema: TableSchema, indicators: readonly string[], step: RowStep): RowStep {
  const names = schema.map(({ name }) => name);
  requireRoomForIndicators(names, indicators);
  const positions = indicators.map((name) => positionOf(schema, name));
  const added = indicators.map((name) => ({ name: indicatorName(name), kind: 'numeric' as const }));
  return {
    schema: [...step.schema, ...added],
    apply(row) {
      const values: RowValues = new Array(schema.length + positions.length);
      for (let j = 0; j < schema.length; j++) values[j] = row[j];
      for (let i = 0; i < positions.length; i++) {
        const value = row[positions[i]];
        values[schema.length + i] = value === null || Number.isNaN(value) ? 1 : 0;
      }
      return step.apply(values);
    },
  };
}

function missingFlags(column: Column): Float64Array {
  const flags = new Float64Array(columnLength(column));
  if (column.kind === 'numeric') {
    for (let row = 0; row < flags.length; row++) if (Number.isNaN(column.values[row])) flags[row] = 1;
  } else {
    for (let row = 0; row < flags.length; row++) if (column.codes[row] < 0) flags[row] = 1;
  }
  return flags;
}
