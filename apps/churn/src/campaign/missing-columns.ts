import { ChurnError } from '@churn/core';
import { type InputOptions, openRows, type RowReading } from '../input.js';

/** The error for columns that a file lacks; `undefined` if it has them. @throws as `openRows` does. */
export async function missingColumns(
  input: string,
  reading: RowReading,
  options: InputOptions,
): Promise<ChurnError | undefined> {
  const rows = await openRows(input, reading, options);
  try {
    for await (const _ of rows.batches()) break;
    return undefined;
  } catch (error) {
    if (ChurnError.is(error) && error.code === 'column-name') return error;
    throw error;
  }
}
