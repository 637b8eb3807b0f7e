import { readFile } from 'node:fs/promises';
import { fileError } from './file-error.js';

/** The content of a file. @throws `invalid-file` where it cannot be read, naming the file and why. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileError('read', file, error);
  }
}
