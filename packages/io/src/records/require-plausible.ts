import { ChurnError } from '@churn/core';

/** How many values a file may hold, by its size: what claims far more would fill the memory from nearly nothing. */
const MOST = { values: 2 ** 24, perByte: 64 };

/** @throws `invalid-file` if a file of so many bytes cannot be a table of so many values. */
export function requirePlausible(
  source: string,
  { rows, columns, bytes }: { readonly rows: number; readonly columns: number; readonly bytes: number },
): void {
  if (rows * columns <= Math.max(MOST.values, MOST.perByte * bytes)) return;
  throw new ChurnError(
    'invalid-file',
    `${source}: expected a table, got ${rows} rows of ${columns} columns in ${bytes} bytes`,
  );
}
