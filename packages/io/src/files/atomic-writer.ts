import type { Stats } from 'node:fs';
import { mkdir, open, realpath, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, fileError } from './file-error.js';
import { TemporaryFile } from './temporary-file.js';

/** Writes a file in pieces; it appears at its path when complete. */
export interface AtomicWriter {
  /** @throws `invalid-file` if it cannot be written. */
  write(data: string | Uint8Array): Promise<void>;
  /** Finishes writing, so that `commit` only renames: for several files that appear together. */
  seal(): Promise<void>;
  /** Moves the file to its path, replacing what was there. */
  commit(): Promise<void>;
  /** Discards the new content and keeps what was there. */
  discard(): Promise<void>;
}

/**
 * Starts writing a file atomically: pieces go to a temporary file in the same folder, which `commit` renames. Missing folders are created;
 * permissions and symbolic links are kept. A device or a pipe, such as `/dev/stdout`, is written to directly. The temporary file is removed when
 * the process exits; one left by a killed process is removed when the file is next written on the same machine.
 *
 * @throws `invalid-file` if it cannot be written, naming the file and the reason.
 */
export async function atomicWriter(file: string): Promise<AtomicWriter> {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fileError('write', file, error);
    }
  };
  const { write, seal, commit, discard } = await guarded(async () => {
    const old = await statIfThere(file);
    const isDirect = old && !old.isFile() && !old.isDirectory();
    return isDirect ? directWriter(file) : replacingWriter(old ? await realpath(file) : file, old?.mode);
  });
  return {
    write: (data) => guarded(() => write(data)),
    seal: () => guarded(seal),
    commit: () => guarded(commit),
    discard,
  };
}

async function directWriter(file: string): Promise<AtomicWriter> {
  const handle = await open(file, 'w');
  return {
    write: (data) => handle.writeFile(data),
    async seal() {},
    commit: () => handle.close(),
    discard: () => handle.close(),
  };
}

async function replacingWriter(file: string, mode: number | undefined): Promise<AtomicWriter> {
  await mkdir(dirname(file), { recursive: true });
  await TemporaryFile.clearAbandoned(file);
  const temporary = new TemporaryFile(file);
  const handle = await open(temporary.path, 'wx');
  let isSealed = false;
  const writer: AtomicWriter = {
    write: (data) => handle.writeFile(data),
    async seal() {
      if (isSealed) return;
      await handle.sync();
      await handle.close();
      isSealed = true;
    },
    async commit() {
      await writer.seal();
      await rename(temporary.path, file);
      temporary.forget();
    },
    // The caller should see the first error, not one of the cleanup.
    async discard() {
      if (!isSealed) await handle.close().catch(() => undefined);
      await temporary.remove().catch(() => undefined);
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
