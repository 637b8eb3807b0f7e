import { ChurnError, cellAt } from '@churn/core';
import type { DatasetSchema } from '@churn/io';
import type { Config } from '../config/config.js';
import { type InputOptions, openRows, type RowReading } from '../input.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import type { Customers, ScoreSource } from './read-customers.js';

/** What tells how people know customers. */
interface Known {
  /** A file of customers. */
  readonly input: string;
  /** The column that a user names. */
  readonly named: string | undefined;
  readonly config: Pick<Config, 'data'> | undefined;
  readonly source: ScoreSource;
  readonly options: InputOptions;
}

/**
 * The columns by which people know a customer: the one that an option names, or those of `data.uniqueBy`, where the input has them. Of standard
 * input, which can be read but once, that is not looked up.
 */
export async function idColumns({
  input,
  named,
  config,
  source,
  options,
}: Known): Promise<readonly string[]> {
  if (named !== undefined) return [named];
  const keys = config?.data.uniqueBy ?? [];
  if (keys.length === 0 || input === STANDARD_STREAM) return [];
  const schema: DatasetSchema = keys.map((name) => ({ name, kind: 'category' }));
  const reading: RowReading = 'scoring' in source ? { ...source.scoring, schema } : { schema };
  return (await hasColumns(input, reading, options)) ? keys : [];
}

async function hasColumns(input: string, reading: RowReading, options: InputOptions): Promise<boolean> {
  const rows = await openRows(input, reading, options);
  try {
    for await (const _ of rows.batches()) break;
    return true;
  } catch (error) {
    if (ChurnError.is(error) && error.code === 'column-name') return false;
    throw error;
  }
}

/** The values of the columns by which people know a customer. */
export function idsOf({ places }: Customers, customer: number, columns: readonly string[]): string[] {
  const { batch, row } = places[customer];
  return columns.map((name) => String(cellAt(batch.table.column(name), row) ?? ''));
}

/** The line of the input on which a customer stands. */
export function lineOf({ places }: Customers, customer: number): number {
  const { batch, row } = places[customer];
  return batch.lines[row];
}
