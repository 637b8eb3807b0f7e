import { stat } from 'node:fs/promises';
import { fileError } from './file-error.js';

/** @throws `invalid-file` if there is no such file. */
export async function requireFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory())
      throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  } catch (error) {
    throw fileError('read', file, error);
  }
}
