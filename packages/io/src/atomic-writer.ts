import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, fileError } from './file-error.js';

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
 * Begins a file that nobody sees before it is whole: pieces go to a temporary file beside it, which `commit` renames. Folders that
 * are not there are made; permissions and symbolic links stay. What is neither a file nor a folder but a device or a pipe, such as
 * `/dev/stdout`, is written to directly.
 *
 * @throws `invalid-file` where it cannot be written, naming the file and why.
 */
export async function atomicWriter(file: string): Promise<AtomicWriter> {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fileError('write', file, error);
    }
  };
  const { write, commit, discard } = await guarded(async () => {
    const old = await statIfThere(file);
    const isDirect = old && !old.isFile() && !old.isDirectory();
    return isDirect ? directWriter(file) : replacingWriter(old ? await realpath(file) : file, old?.mode);
  });
  return { write: (data) => guarded(() => write(data)), commit: () => guarded(commit), discard };
}

async function directWriter(file: string): Promise<AtomicWriter> {
  const handle = await open(file, 'w');
  return {
    write: (data) => handle.writeFile(data),
    commit: () => handle.close(),
    discard: () => handle.close(),
  };
}

async function replacingWriter(file: string, mode: number | undefined): Promise<AtomicWriter> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  // In the same folder, since a file cannot be renamed from one disk to another.
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx');
  const writer: AtomicWriter = {
    write: (data) => handle.writeFile(data),
    async commit() {
      await handle.sync();
      await handle.close();
      await rename(temporary, file);
    },
    // What went wrong before is what the caller should hear of.
    async discard() {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
  try {
    if (mode !== undefined) await handle.chmod(mode);
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return writer;
}

async function statIfThere(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
