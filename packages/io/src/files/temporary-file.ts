import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './file-error.js';

/** The temporary files of this process. */
const present = new Set<string>();

/**
 * A file while it is being written: in the folder of its target, since a file cannot be renamed across disks. Its name contains the target, the
 * machine and the process. It is removed when the process exits, unless the process is killed.
 */
export class TemporaryFile {
  readonly path: string;

  constructor(target: string) {
    this.path = join(dirname(target), `${prefix(target)}${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
    if (present.size === 0) process.on('exit', removePresent);
    present.add(this.path);
  }

  /** Removes the temporary files for a target whose process on this machine has ended. */
  static async clearAbandoned(target: string): Promise<void> {
    const folder = dirname(target);
    const start = prefix(target);
    // Write permission for a folder does not imply read permission.
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.startsWith(start) || !name.endsWith('.tmp')) continue;
      const pid = Number.parseInt(name.slice(start.length), 10);
      // Another process may clear it at the same time.
      if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { force: true });
    }
  }

  /** To be called when the file is renamed or gone. */
  forget(): void {
    present.delete(this.path);
    if (present.size === 0) process.off('exit', removePresent);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    this.forget();
  }
}

function removePresent(): void {
  for (const path of present) rmSync(path, { force: true });
}

function prefix(target: string): string {
  const name = basename(target);
  // File names have at most 255 bytes.
  const short = name.length <= 50 ? name : createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `.${short}.${hostname()
    .replaceAll(/[^\w-]/g, '_')
    .slice(0, 40)}-`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is running, as another user.
    return errorCode(error) !== 'ESRCH';
  }
}
