import { atomicWriter } from './atomic-writer.js';

/**
 * Writes a file so that nobody ever sees half of it: a reader, and a machine that loses power, find the old content or the new. Folders
 * that do not exist are made; permissions and symbolic links stay. Text is written as UTF-8. What is not a file but a device or a pipe,
 * such as `/dev/stdout`, is written to directly.
 *
 * @throws `invalid-file` if it cannot be written, naming the file and why; the old content is then still there.
 */
export async function writeFileAtomic(file: string, data: string | Uint8Array): Promise<void> {
  await writePiecesAtomic(file, [data]);
}

/**
 * Writes a file of pieces as `writeFileAtomic` does, with one of them in memory at a time.
 * @throws the errors of `writeFileAtomic`, and what taking the pieces does; the old content is then still there.
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
