import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, fileError } from './file-error.js';

/**
 * Writes a file so that nobody ever sees half of it: a reader, and a machine that loses power, find the old content or the
 * new. Folders that are not there are made; permissions and symbolic links stay. Text is written as UTF-8. What is not a
 * file but a device or a pipe, such as `/dev/stdout`, is written to directly.
 *
 * @throws `invalid-file` where it cannot be written, naming the file and why; the old content is then still there.
 */
export async function writeFileAtomic(file: string, data: string | Uint8Array): Promise<void> {
  try {
    const old = await statIfThere(file);
    // A folder is refused here too, by the system.
    if (old && !old.isFile()) await writeFile(file, data);
    else await replace(old ? await realpath(file) : file, data, old?.mode);
  } catch (error) {
    throw fileError('write', file, error);
  }
}

async function replace(file: string, data: string | Uint8Array, mode: number | undefined): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  // In the same folder, since a file cannot be renamed from one disk to another.
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      if (mode !== undefined) await handle.chmod(mode);
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    // What went wrong first is what the caller should hear of.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function statIfThere(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
