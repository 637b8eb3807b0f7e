import { Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ChurnError } from '@churn/core';
import { loadUnzstd } from './zstd.js';

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A compression format. */
interface Compression {
  readonly name: string;
  readonly ending: string;
  /** The first bytes of such a file. */
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
const MAX_MAGIC = 4;

/**
 * Decompresses a file in pieces if its first bytes are those of gzip or Zstandard; otherwise returns it unchanged.
 *
 * @param source the name of the file for messages; if it ends with `.gz` or `.zst`, the file must be compressed accordingly.
 * @throws `invalid-file` if it is damaged or truncated, or the package that decompresses it is not installed.
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
    `${source}: compressed with ${name}, but ${isCut ? 'truncated' : 'damaged'}`,
    { cause: error },
  );
}

/** @throws `invalid-file` if the file name has the extension of a compression, which the content lacks. */
function refuseName(source: string): void {
  const named = COMPRESSIONS.find(({ ending }) => source.toLowerCase().endsWith(ending));
  if (named) {
    throw new ChurnError(
      'invalid-file',
      `${source}: expected a file compressed with ${named.name}, according to its name`,
    );
  }
}

/** Reports read errors separately, since they are not errors of the compression. */
async function* guarded(chunks: Chunks, onError: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    onError(error);
    throw error;
  }
}

/** The first bytes of chunks, enough to detect the compression, and all chunks. */
async function withHead(chunks: Chunks): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = asyncIterator(chunks);
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < MAX_MAGIC) {
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
  const heads = first.map((chunk) => chunk.subarray(0, MAX_MAGIC));
  return { head: Buffer.concat(heads).subarray(0, MAX_MAGIC), rest: rest() };
}

async function* asyncIterator(chunks: Chunks): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* through(transform: Transform, chunks: Chunks): AsyncGenerator<Uint8Array> {
  const input = Readable.from(chunks);
  // An input error ends the transformation, and a reader that stops early ends the input.
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
