import { constants } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import { fileError } from './file-error.js';

const CHUNK = 2 ** 20;

/**
 * The content of a file, or of what is read like one, such as a pipe.
 *
 * @param most how many bytes it may have; default as many as a text of JavaScript has characters, about half a gigabyte.
 * @throws `invalid-file` if it cannot be read or has more bytes, naming the file and why.
 */
export async function readBytes(
  file: string,
  most: number = constants.MAX_STRING_LENGTH,
): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    if (size > most) throw tooLong(file, most);
    return await readAll(handle, file, most, size);
  } catch (error) {
    throw ChurnError.is(error) ? error : fileError('read', file, error);
  } finally {
    await handle?.close();
  }
}

/** What is no file, such as `/dev/zero`, has a size of 0 and may have no end. */
async function readAll(handle: FileHandle, file: string, most: number, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunks.length === 0 ? size + 1 : CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
    if (length > most) throw tooLong(file, most);
  }
}

function tooLong(file: string, most: number): ChurnError {
  return new ChurnError('invalid-file', `${file}: expected at most ${most} bytes`);
}
