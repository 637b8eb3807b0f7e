import { ChurnError } from '@churn/core';

/** The maximum number of values in a file: an absolute number, or a multiple of its size in bytes. */
const LIMIT = { values: 2 ** 24, perByte: 64 };

/** @throws `invalid-file` if the number of values is implausible for the size of the file. */
export function requirePlausible(
  source: string,
  { rows, columns, bytes }: { readonly rows: number; readonly columns: number; readonly bytes: number },
): void {
  if (rows * columns <= Math.max(LIMIT.values, LIMIT.perByte * bytes)) return;
  throw new ChurnError(
    'invalid-file',
    `${source}: expected a table, got ${rows} rows of ${columns} columns in ${bytes} bytes`,
  );
}
