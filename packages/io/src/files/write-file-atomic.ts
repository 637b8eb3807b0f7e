import { atomicWriter } from './atomic-writer.js';

/**
 * Writes a file atomically: readers, even after a power failure, find either the old content or the new. Missing folders are created; permissions
 * and symbolic links are kept. Text is written as UTF-8. A device or a pipe, such as `/dev/stdout`, is written to directly.
 *
 * @throws `invalid-file` if it cannot be written, naming the file and the reason; the old content is kept.
 */
export async function writeFileAtomic(file: string, data: string | Uint8Array): Promise<void> {
  await writePiecesAtomic(file, [data]);
}

/**
 * Writes a file in pieces as `writeFileAtomic` does, with one piece in memory at a time.
 * @throws as `writeFileAtomic`, and the errors of the iteration; the old content is kept.
 */
export async function writePiecesAtomic(
  file: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const writer = await atomicWriter(file);
  try {
    for await (const piece of pieces) await writer.write(piece);
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
