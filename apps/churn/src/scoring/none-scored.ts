import { ChurnError } from '@churn/core';
import type { RejectedRow } from '@churn/io';

/** The error if every row of an input was rejected. @param file the file with rejected rows, if any. */
export function noneScored(name: string, count: number, first: RejectedRow, file?: string): ChurnError {
  const all = file === undefined ? '' : `; rejected rows: ${file}`;
  return new ChurnError(
    'invalid-data',
    `${name}: none of ${count} rows can be scored; line ${first.line}: ${first.reason}${all}`,
  );
}
