import { cellAt } from '@churn/core';
import type { DatasetSchema } from '@churn/io';
import type { Config } from '../config/config.js';
import type { InputOptions, RowReading } from '../input.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import { missingColumns } from './missing-columns.js';
import type { Customers, ScoreSource } from './read-customers.js';

/** The sources of ID columns. */
interface Known {
  /** The file of customers. */
  readonly input: string;
  /** The column named by an option. */
  readonly named: string | undefined;
  readonly config: Pick<Config, 'data'> | undefined;
  readonly source: ScoreSource;
  readonly options: InputOptions;
}

/**
 * The columns that identify a customer: the one named by an option, or those of `data.uniqueBy` if the input has them. They are not looked
 * up in standard input, which can be read only once.
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
  return (await missingColumns(input, reading, options)) ? [] : keys;
}

/** The values of the columns that identify a customer. */
export function idsOf({ places }: Customers, customer: number, columns: readonly string[]): string[] {
  const { batch, row } = places[customer];
  return columns.map((name) => String(cellAt(batch.table.column(name), row) ?? ''));
}

/** The line of a customer in the input. */
export function lineOf({ places }: Customers, customer: number): number {
  const { batch, row } = places[customer];
  return batch.lines[row];
}
