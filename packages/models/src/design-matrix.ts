import { allFinite, checkedValues, requireTable, type Table } from '@churn/core';

/**
 * The columns `features` of a table, as numbers.
 *
 * @throws `column-name` or `column-kind` if one is not there or holds categories; `invalid-data` if a value is missing or infinite, naming
 * column and row.
 */
export function designMatrix(x: Table, features: readonly string[]): Float64Array[] {
  requireTable(x);
  return features.map((name) => {
    const values = x.numeric(name);
    return allFinite(values) ? values : checkedValues(name, values, Number.isFinite, notFinite);
  });
}

function notFinite(value: number): string {
  const received = Number.isNaN(value) ? 'a missing value' : String(value);
  return `expected a finite number, got ${received}; impute or drop it before the model`;
}
