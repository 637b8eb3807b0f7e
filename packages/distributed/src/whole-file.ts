import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import { reasonOf } from './reason-of.js';

/**
 * Writes a file atomically: processes, on other machines too, see all of it or nothing.
 * @throws `invalid-file` if it cannot be written.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new ChurnError('invalid-file', `cannot write ${file}: ${reasonOf(error)}`, { cause: error });
  }
}
