import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileError } from '@churn/io';
import { csvSource } from './csv-source.js';
import { jsonLinesSource } from './json-lines-source.js';
import { STANDARD_STREAM } from './output.js';
import type { RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

export const FORMATS = ['csv', 'jsonl'] as const;

/** How rows are written in a file. */
export type Format = (typeof FORMATS)[number];

/** The format of a file by the end of its name; CSV where that does not tell. */
export function formatOf(file: string): Format {
  return ['.jsonl', '.ndjson'].includes(extname(file).toLowerCase()) ? 'jsonl' : 'csv';
}

/** The rows of a file, or of standard input. @throws `invalid-file` where there is no such file. */
export async function openSource(file: string, format: Format, scoring: ScoringModel): Promise<RowSource> {
  const name = file === STANDARD_STREAM ? 'standard input' : file;
  const chunks = file === STANDARD_STREAM ? process.stdin : await readChunks(file);
  return format === 'csv' ? csvSource(name, chunks, scoring) : jsonLinesSource(name, chunks, scoring);
}

async function readChunks(file: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    // Told here, before anything is written, and not by the first read.
    if ((await stat(file)).isDirectory())
      throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  } catch (error) {
    throw fileError('read', file, error);
  }
  return guarded(file);
}

async function* guarded(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file, { highWaterMark: 2 ** 18 });
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    throw fileError('read', file, error);
  }
}
