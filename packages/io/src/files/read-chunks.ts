import { createReadStream } from 'node:fs';
import { decompress } from './decompress.js';
import { fileError } from './file-error.js';
import { requireFile } from './require-file.js';

const CHUNK = 2 ** 18;

/**
 * Reads a file in chunks.
 * @throws `invalid-file` at once if there is no such file, and during iteration if it cannot be read.
 */
async function readChunks(file: string): Promise<AsyncIterable<Uint8Array>> {
  await requireFile(file);
  return guarded(file);
}

async function* guarded(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file, { highWaterMark: CHUNK });
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    throw fileError('read', file, error);
  }
}

/** Opens an input: its name and its chunks, decompressed. */
export async function openInput(
  input: string | AsyncIterable<Uint8Array>,
  source = 'standard input',
): Promise<{ readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }> {
  return typeof input === 'string'
    ? { name: input, chunks: decompress(await readChunks(input), input) }
    : { name: source, chunks: decompress(input, source) };
}
