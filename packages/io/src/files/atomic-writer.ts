import type { Stats } from 'node:fs';
import { mkdir, open, realpath, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, fileError } from './file-error.js';
import { TemporaryFile } from './temporary-file.js';

/** Writes a file piece by piece; it appears at its place when it is complete. */
export interface AtomicWriter {
  /** @throws `invalid-file` if it cannot be written. */
  write(data: string | Uint8Array): Promise<void>;
  /** Ends the writing, so that `commit` has nothing left to do but to rename: where several files are to appear together. */
  seal(): Promise<void>;
  /** Puts the file in its place, instead of what was there. */
  commit(): Promise<void>;
  /** Gives up: what was there before stays. */
  discard(): Promise<void>;
}

/**
 * Begins a file that nobody sees before it is whole: pieces go to a temporary file beside it, which `commit` renames. Folders that do not
 * exist are made; permissions and symbolic links stay. What is neither a file nor a folder but a device or a pipe, such as `/dev/stdout`,
 * is written to directly. A process that exits in between takes the temporary file with it; what a killed one has left beside the file
 * goes when the file is next written on the same machine.
 *
 * @throws `invalid-file` if it cannot be written, naming the file and why.
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
    // What went wrong before is what the caller should hear of.
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
