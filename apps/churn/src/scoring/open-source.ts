import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { ChurnError } from '@churn/core';
import { fileError } from '@churn/io';
import { type CsvSourceOptions, csvSource } from './csv-source.js';
import { jsonLinesSource } from './json-lines-source.js';
import { STANDARD_STREAM } from './output.js';
import type { RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

export const FORMATS = ['csv', 'jsonl', 'parquet'] as const;

/** How rows are written in a file. */
export type Format = (typeof FORMATS)[number];

const FORMAT_OF: ReadonlyMap<string, Format> = new Map([
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
  ['.parquet', 'parquet'],
]);

/** The format of a file by the end of its name; CSV where that does not tell. */
export function formatOf(file: string): Format {
  return FORMAT_OF.get(extname(file).toLowerCase()) ?? 'csv';
}

/**
 * The rows of a file, or of standard input.
 * @throws `invalid-file` where there is no such file; `invalid-parameter` for Parquet from standard input.
 */
export async function openSource(
  file: string,
  format: Format,
  scoring: ScoringModel,
  options: CsvSourceOptions = {},
): Promise<RowSource> {
  const name = file === STANDARD_STREAM ? 'standard input' : file;
  if (format === 'parquet') return openParquet(file, scoring);
  const chunks = file === STANDARD_STREAM ? process.stdin : await readChunks(file);
  return format === 'csv'
    ? csvSource(name, chunks, scoring, options)
    : jsonLinesSource(name, chunks, scoring);
}

async function openParquet(file: string, scoring: ScoringModel): Promise<RowSource> {
  if (file === STANDARD_STREAM) {
    throw new ChurnError(
      'invalid-parameter',
      '--input -: expected a file, as Parquet is not read from a stream',
    );
  }
  await requireFile(file);
  // The reader costs time to load, which few need.
  const { parquetSource } = await import('./parquet-source.js');
  return parquetSource(file, scoring);
}

async function readChunks(file: string): Promise<AsyncIterable<Uint8Array>> {
  await requireFile(file);
  return guarded(file);
}

/** Told before anything is written, and not by the first read. */
async function requireFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory())
      throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  } catch (error) {
    throw fileError('read', file, error);
  }
}

async function* guarded(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file, { highWaterMark: 2 ** 18 });
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    throw fileError('read', file, error);
  }
}
