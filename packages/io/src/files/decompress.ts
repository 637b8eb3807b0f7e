import { Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ChurnError } from '@churn/core';
import { loadUnzstd } from './zstd.js';

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A way to compress a file. */
interface Compression {
  readonly name: string;
  readonly ending: string;
  /** The bytes with which such a file begins. */
  readonly magic: readonly number[];
  readonly decompress: (chunks: Chunks, source: string) => AsyncIterable<Uint8Array>;
}

const COMPRESSIONS: readonly Compression[] = [
  {
    name: 'gzip',
    ending: '.gz',
    magic: [0x1f, 0x8b],
    decompress: (chunks) => through(createGunzip(), chunks),
  },
  { name: 'Zstandard', ending: '.zst', magic: [0x28, 0xb5, 0x2f, 0xfd], decompress: unzstd },
];
const LONGEST_MAGIC = 4;

/**
 * What a file holds, piece by piece: decompressed where its first bytes are those of gzip or Zstandard, else as it is.
 *
 * @param source the file as messages name it; where its name ends with `.gz` or `.zst`, it must be compressed so.
 * @throws `invalid-file` if it is damaged or cut off, or a package that decompresses it is not installed.
 */
export async function* decompress(chunks: Chunks, source: string): AsyncGenerator<Uint8Array> {
  const { head, rest } = await withHead(chunks);
  const compression = COMPRESSIONS.find(({ magic }) => magic.every((byte, i) => head[i] === byte));
  if (compression === undefined) {
    refuseName(source);
    yield* rest;
    return;
  }
  let failure: unknown;
  try {
    yield* compression.decompress(
      guarded(rest, (error) => (failure = error)),
      source,
    );
  } catch (error) {
    if (failure !== undefined) throw failure;
    throw ChurnError.is(error) ? error : damaged(source, compression.name, error);
  }
}

function damaged(source: string, name: string, error: unknown): ChurnError {
  const isCut = /unexpected (end of file|EOF)/i.test((error as Error).message);
  return new ChurnError(
    'invalid-file',
    `${source}: compressed by ${name}, and ${isCut ? 'cut off before its end' : 'damaged'}`,
    { cause: error },
  );
}

/** @throws `invalid-file` if the name of a file says that it is compressed; its content does not. */
function refuseName(source: string): void {
  const named = COMPRESSIONS.find(({ ending }) => source.toLowerCase().endsWith(ending));
  if (named) {
    throw new ChurnError(
      'invalid-file',
      `${source}: expected a file compressed by ${named.name}, as its name says`,
    );
  }
}

/** What goes wrong in reading is no fault of the compression. */
async function* guarded(chunks: Chunks, onError: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    onError(error);
    throw error;
  }
}

/** The first bytes of chunks, as many as tell the compression, and all of the chunks. */
async function withHead(chunks: Chunks): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = asyncIterator(chunks);
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < LONGEST_MAGIC) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return(undefined);
    }
  }
  const heads = first.map((chunk) => chunk.subarray(0, LONGEST_MAGIC));
  return { head: Buffer.concat(heads).subarray(0, LONGEST_MAGIC), rest: rest() };
}

async function* asyncIterator(chunks: Chunks): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* through(transform: Transform, chunks: Chunks): AsyncGenerator<Uint8Array> {
  const input = Readable.from(chunks);
  // An error of what comes in ends the transformation, and an early end of the reader what comes in.
  input.once('error', (error) => transform.destroy(error));
  try {
    yield* input.pipe(transform);
  } finally {
    input.destroy();
  }
}

async function* unzstd(chunks: Chunks, source: string): AsyncGenerator<Uint8Array> {
  const decompressed = (await loadUnzstd(`${source}: Zstandard`))();
  for await (const chunk of chunks) yield* decompressed(chunk, false);
  yield* decompressed(new Uint8Array(), true);
}
