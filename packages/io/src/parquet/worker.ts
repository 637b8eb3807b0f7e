import { readFileSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { decodeLossless } from '../text/utf8-decoder.js';
import { checkParquetMetadata } from './check-metadata.js';
import { readableElement } from './element.js';
import type { ParquetReply, ParquetRequest } from './parquet-reader.js';

/**
 * Reads Parquet files on a separate thread, which can be stopped: damage can cause endless loops.
 *
 * Values are as stored in the file, except for texts and INT96 times.
 */

/** The number of rows per reply. */
const BATCH = 10_000;
/** The maximum size in bytes of a file that is read at once. */
const SMALL = 2 ** 23;

type Rows = Extract<ParquetReply, { kind: 'rows' }>;

let rows: AsyncGenerator<Rows> | undefined;

parentPort?.on('message', (request: ParquetRequest) => {
  answer(request).then(reply, (error: unknown) => {
    reply({ kind: 'error', message: reason(error) });
  });
});

/** The message for a user. Unforeseen errors of the reader, such as a `TypeError`, would mean nothing to one. */
function reason(error: unknown): string {
  const isForeseen =
    error instanceof Error &&
    ![TypeError, RangeError, SyntaxError, ReferenceError].some((type) => error instanceof type);
  return isForeseen ? error.message : 'it is damaged';
}

function reply(message: ParquetReply): void {
  parentPort?.postMessage(message);
}

async function answer(request: ParquetRequest): Promise<ParquetReply> {
  if (request.kind === 'open') {
    const file = await openFile(request.file);
    // Statistics are not needed, and may be damaged.
    const metadata = await parquetMetadataAsync(file, { geoparquet: false });
    checkParquetMetadata(metadata, file.byteLength);
    const [, ...elements] = metadata.schema;
    rows = batchesOf(file, metadata);
    return { kind: 'opened', elements, rows: Number(metadata.num_rows) };
  }
  const next = await rows?.next();
  return next === undefined || next.done ? { kind: 'end' } : next.value;
}

/** Reads a small file at once, and a large one on demand. */
async function openFile(file: string): Promise<AsyncBuffer> {
  const { size } = statSync(file);
  if (size > SMALL) return asyncBufferFromFile(file);
  const { buffer, byteOffset } = readFileSync(file);
  return {
    byteLength: size,
    slice: (start, end = size) => buffer.slice(byteOffset + start, byteOffset + end) as ArrayBuffer,
  };
}

async function* batchesOf(file: AsyncBuffer, metadata: FileMetaData): AsyncGenerator<Rows> {
  const [root, ...elements] = metadata.schema;
  const schema = [root, ...elements.map(readableElement)];
  const scan = await parquetScan({
    file,
    metadata: { ...metadata, schema },
    compressors,
    parsers: PARSERS,
    utf8: false,
  });
  let before = 0;
  for (const { num_rows } of metadata.row_groups) {
    const count = Number(num_rows);
    const columns: ArrayLike<unknown>[] = [];
    for (const { name } of elements) {
      const values = await scan.readColumn({ column: name, rowStart: before, rowEnd: before + count });
      checkValues(name, values, count);
      columns.push(values);
      reply({ kind: 'progress' });
    }
    for (let start = 0; start < count; start += BATCH) {
      const end = Math.min(start + BATCH, count);
      yield {
        kind: 'rows',
        before: before + start,
        values: columns.map((values) => part(values, start, end)),
      };
    }
    before += count;
  }
}

/** @throws if some rows have no value, not even a missing one. */
function checkValues(name: string, values: ArrayLike<unknown>, count: number): void {
  if (values.length !== count) {
    throw new Error(`column "${name}": expected ${count} values in a row group, got ${values.length}`);
  }
  if (Array.isArray(values) && values.includes(undefined)) {
    throw new Error(`column "${name}": a value is not in its dictionary`);
  }
}

function part(values: ArrayLike<unknown>, start: number, end: number): ArrayLike<unknown> {
  return Array.isArray(values) ? values.slice(start, end) : (values as Float64Array).slice(start, end);
}

const PARSERS = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decodeLossless(bytes),
  timestampFromNanoseconds: (nanos: bigint) => nanos,
};
