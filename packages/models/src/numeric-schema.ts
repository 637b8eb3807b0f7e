import type { TableSchema } from '@churn/core';

/** The schema of numeric columns. */
export function numericSchema(names: readonly string[]): TableSchema {
  return names.map((name) => ({ name, kind: 'numeric' }));
}
