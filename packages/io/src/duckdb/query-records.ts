import { createHash } from 'node:crypto';
import { ChurnError, isoDay, isoInstant, isoTime } from '@churn/core';
import { unlessInstalled } from '../files/from-package.js';
import type { FileRecords } from '../records/records.js';
import { clipped, quoted } from '../text/quoted.js';

type Library = typeof import('@duckdb/node-api');

/** The name of a query's result in messages. */
const SOURCE = 'the query';
const MICROSECONDS = 1_000_000n;

/**
 * Returns the records of a DuckDB query over CSV, Parquet or JSON files, or anything else that DuckDB reads.
 *
 * Values have JSON types: numbers (integers of 64 bits and more as `bigint`), booleans, texts, and dates and times as ISO 8601 texts, instants in
 * UTC with `Z`. `NULL` and `NaN` are missing. The order of the rows is defined only with `order by`, or if the query reads files
 * sequentially.
 *
 * ```ts
 * const bookings = toTable(await queryRecords("select * from 'bookings/*.parquet' where year = 2024"));
 * ```
 * It requires the package `@duckdb/node-api`.
 *
 * @param query SQL, which can do anything DuckDB can: treat it as trusted code.
 * @returns the records, with the SHA-256 of the rows as JSON instead of that of a file.
 * @throws `invalid-file` if the query fails or returns no rows, a column is repeated, or its type is not one value per row.
 */
export async function queryRecords(query: string): Promise<FileRecords> {
  const library = await import('@duckdb/node-api').catch(
    unlessInstalled('@duckdb/node-api', `${SOURCE}: DuckDB`),
  );
  const instance = await library.DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      return await recordsOf(library, await connection.stream(query));
    } finally {
      connection.closeSync();
    }
  } catch (error) {
    throw ChurnError.is(error) ? error : failed(error);
  } finally {
    instance.closeSync();
  }
}

type Result = Awaited<ReturnType<InstanceType<Library['DuckDBConnection']>['stream']>>;

async function recordsOf(library: Library, result: Result): Promise<FileRecords> {
  const header = result.columnNames();
  const meanings = result.columnTypes().map((type, j) => meaningOf(library, type, header[j]));
  const repeated = header.find((name, j) => header.indexOf(name) < j);
  if (repeated !== undefined) {
    throw new ChurnError(
      'invalid-file',
      `${SOURCE}: column ${quoted(repeated)} appears twice; rename one with "as"`,
    );
  }
  const records: (readonly unknown[])[] = [];
  const hash = createHash('sha256').update(JSON.stringify(header));
  for await (const rows of result.yieldRows()) {
    for (const row of rows) {
      const record = row.map((value, j) =>
        value === null || Number.isNaN(value) ? null : meanings[j](value),
      );
      records.push(record);
      hash.update(JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
    }
  }
  if (records.length === 0) throw new ChurnError('invalid-file', `${SOURCE}: no rows`);
  const lines = records.map((_, i) => i + 1);
  return { source: SOURCE, header, records, lines, isTyped: true, sha256: hash.digest('hex') };
}

function failed(error: unknown): ChurnError {
  // The first line is the message; the others show the query.
  const [why] = String((error as Error).message)
    .replace(/^Failed to extract statements: /, '')
    .split('\n');
  const hint = why === 'Error in native callback' ? 'expected an SQL statement' : why;
  return new ChurnError('invalid-file', `${SOURCE}: ${clipped(hint, 200)}`, { cause: error });
}

/** Converts values of a type to JSON types. */
function meaningOf(
  { DuckDBTypeId: type }: Library,
  columnType: { readonly typeId: number; toString(): string },
  column: string,
  // biome-ignore lint/suspicious/noExplicitAny: the type tells what a value is
): (value: any) => unknown {
  switch (columnType.typeId) {
    case type.DECIMAL:
      return ({ value, scale }) => Number(`${value}e-${scale}`);
    case type.DATE:
      return (date) => (date.isFinite ? isoDay(date.days) : String(date));
    case type.TIMESTAMP:
      return (time) => (time.isFinite ? isoTime(time.micros, MICROSECONDS) : String(time));
    case type.TIMESTAMP_TZ:
      return (time) => (time.isFinite ? isoInstant(time.micros, MICROSECONDS) : String(time));
    case type.TIMESTAMP_S:
      return ({ seconds }) => isoTime(seconds, 1n);
    case type.TIMESTAMP_MS:
      return ({ millis }) => isoTime(millis, 1000n);
    case type.TIMESTAMP_NS:
      return ({ nanos }) => isoTime(nanos, 1_000_000_000n);
    case type.TIME:
    case type.UUID:
    case type.TIME_TZ:
    case type.BIT:
      return String;
    case type.BLOB:
    case type.INTERVAL:
    case type.LIST:
    case type.ARRAY:
    case type.STRUCT:
    case type.MAP:
    case type.UNION:
    case type.GEOMETRY:
    case type.VARIANT:
      throw new ChurnError(
        'invalid-file',
        `${SOURCE}: column ${quoted(column)}: expected one value per row, got ${columnType}`,
      );
    default:
      return (value) => value;
  }
}
