import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from './file-error.js';

/** Writes a file piece by piece; it appears at its place when it is complete. */
export interface AtomicWriter {
  /** @throws `invalid-file` where it cannot be written. */
  write(data: string | Uint8Array): Promise<void>;
  /** Puts the file in its place, instead of what was there. */
  commit(): Promise<void>;
  /** Gives up: what was there before stays. */
  discard(): Promise<void>;
}

/**
 * Begins a file that nobody sees before it is whole: pieces go to a temporary file beside it, which `commit` renames.
 * Folders that are not there are made.
 *
 * @throws `invalid-file` where it cannot be written, naming the file and why.
 */
export async function atomicWriter(file: string): Promise<AtomicWriter> {
  const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fileError('write', file, error);
    }
  };
  const handle: FileHandle = await guarded(async () => {
    await mkdir(dirname(file), { recursive: true });
    return open(temporary, 'wx');
  });
  return {
    write: (data) => guarded(() => handle.writeFile(data)),
    commit: () =>
      guarded(async () => {
        await handle.sync();
        await handle.close();
        await rename(temporary, file);
      }),
    async discard() {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}
