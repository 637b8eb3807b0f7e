import { ChurnError, type Table } from '@churn/core';

/**
 * The columns `features` of a table, as a classifier computes with them.
 *
 * @throws `column-name` or `column-kind` where one is not there or holds categories; `invalid-data` where a value is
 *   missing or infinite, naming column and row.
 */
export function designMatrix(x: Table, features: readonly string[]): Float64Array[] {
  return features.map((name) => {
    const values = x.numeric(name);
    const row = values.findIndex((value) => !Number.isFinite(value));
    if (row >= 0) {
      const came = Number.isNaN(values[row]) ? 'a missing value' : String(values[row]);
      throw new ChurnError(
        'invalid-data',
        `column "${name}", row ${row}: expected a finite number, got ${came}; impute or drop it before the model`,
      );
    }
    return values;
  });
}
