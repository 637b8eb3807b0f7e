import { open, readFile, rm, stat } from 'node:fs/promises';
import { fileError } from '@churn/io';
import { HOST, hasEnded } from '../runs/process-identity.js';

/** The age from which a lock of another host, whose process cannot be checked, counts as stale. */
const LEFT_BEHIND_MS = 3_600_000;
/** The time limit for writing the lock. */
const WRITING_MS = 5000;

/**
 * Runs `work` unless another process does so, by means of a lock file.
 * @returns `false` if another process has the lock.
 * @throws `invalid-file` if the lock file cannot be written.
 */
export async function whileLocked(file: string, work: () => Promise<void>): Promise<boolean> {
  if (!(await lock(file))) {
    if (!(await isLeftBehind(file))) return false;
    await rm(file, { force: true });
    if (!(await lock(file))) return false;
  }
  try {
    await work();
    return true;
  } finally {
    await rm(file, { force: true });
  }
}

async function lock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(`${HOST} ${process.pid}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError('write', file, error);
  }
}

async function isLeftBehind(file: string): Promise<boolean> {
  try {
    const [, host, pid] = /^(\S+) (\d+)\n$/.exec(await readFile(file, 'utf8')) ?? [];
    if (host !== undefined && hasEnded({ host, pid: Number(pid) })) return true;
    // An empty lock is from a process that was killed while writing it.
    const most = host === undefined ? WRITING_MS : LEFT_BEHIND_MS;
    return Date.now() - (await stat(file)).mtimeMs > most;
  } catch {
    // It no longer exists: the other process is done.
    return false;
  }
}
