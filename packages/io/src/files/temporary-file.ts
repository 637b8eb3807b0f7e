import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './file-error.js';

/** Those of this process. */
const present = new Set<string>();

/**
 * The place of a file while it is being written: beside its target, since a file cannot be renamed from one disk to another. Its name tells
 * the target, the machine and the process, and it does not outlive the process unless that is killed.
 */
export class TemporaryFile {
  readonly path: string;

  constructor(target: string) {
    this.path = join(dirname(target), `${prefix(target)}${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
    if (present.size === 0) process.on('exit', removePresent);
    present.add(this.path);
  }

  /** Removes the temporary files for a target whose process, on this machine, is no more. */
  static async clearAbandoned(target: string): Promise<void> {
    const folder = dirname(target);
    const start = prefix(target);
    // Who may write to a folder may not always look into it.
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.startsWith(start) || !name.endsWith('.tmp')) continue;
      const pid = Number.parseInt(name.slice(start.length), 10);
      // Another process may clear it at the same time.
      if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { force: true });
    }
  }

  /** Where it is at its target, or gone. */
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
  // A file system has names of 255 bytes at most.
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
    // EPERM: it runs, and is another user's.
    return errorCode(error) !== 'ESRCH';
  }
}
