import { ChurnError } from '@churn/core';
import type { RejectedRow } from '@churn/io';

/** The error for an input of which every row was rejected. @param file where all of them are told, if anywhere. */
export function noneScored(name: string, count: number, first: RejectedRow, file?: string): ChurnError {
  const all = file === undefined ? '' : `; rejected rows: ${file}`;
  return new ChurnError(
    'invalid-data',
    `${name}: none of ${count} rows can be scored; line ${first.line}: ${first.reason}${all}`,
  );
}
