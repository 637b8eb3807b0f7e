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

/** The name of the indicator column of `name`. */
export function indicatorName(name: string): string {
  return `${name}_missing`;
}

/** The columns with missing-value indicators, and the names of these. */
export interface Indicators {
  readonly columns: readonly string[];
  readonly names: readonly string[];
}

/**
 * Rejects a table in which a column, absent at `fit`, has the name of an indicator.
 * @throws `column-name`, naming that column.
 */
function requireRoomForIndicators(present: readonly string[], { columns, names }: Indicators): void {
  const taken = new Set(present);
  const clash = names.findIndex((name) => taken.has(name));
  if (clash < 0) return;
  throw new ChurnError(
    'column-name',
    `column "${names[clash]}" is in the table, but the name is reserved for the indicator of missing values of "${columns[clash]}"`,
  );
}

/**
 * The indicators of columns of `x`: 1 if the value is missing, otherwise 0.
 * @throws `column-name` if a column is missing, or one has the name of an indicator.
 */
export function indicatorColumns(x: Table, indicators: Indicators): [string, Float64Array][] {
  requireRoomForIndicators(x.names, indicators);
  const { columns, names } = indicators;
  return columns.map((name, i) => [names[i], missingFlags(x.column(name))]);
}

/**
 * `step` with the columns of `indicatorColumns`, for one row at a time.
 *
 * @param step may neither add columns nor move them.
 * @param indicators of columns of `schema`.
 * @throws `column-name` if a column has the name of an indicator.
 */
export function withIndicators(schema: TableSchema, indicators: Indicators, step: RowStep): RowStep {
  const present = schema.map(({ name }) => name);
  requireRoomForIndicators(present, indicators);
  const positions = indicators.columns.map((name) => positionOf(schema, name));
  const added = indicators.names.map((name) => ({ name, kind: 'numeric' as const }));
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
