import { constants } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import { fileError } from './file-error.js';

const CHUNK = 2 ** 20;

/**
 * Reads a file or a pipe.
 *
 * @param most the maximum number of bytes; default the maximum length of a string, about half a gigabyte.
 * @throws `invalid-file` if it cannot be read or is larger, naming the file and the reason.
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

/** Reads until the end. A device, such as `/dev/zero`, has size 0 and may have no end. */
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
