import { type Column, parseIsoDate, type Table } from '@churn/core';

/** Whether all values of a column are ISO 8601 dates, and there is one. */
export function isDates(column: Column): boolean {
  return (
    column.kind === 'category' &&
    column.levels.length > 0 &&
    column.levels.every((level) => parseIsoDate(level) !== undefined)
  );
}

/** The names of the columns that hold dates, as ISO 8601 text. */
export function dateColumns(x: Table): string[] {
  return [...x.entries()].filter(([, column]) => isDates(column)).map(([name]) => name);
}
