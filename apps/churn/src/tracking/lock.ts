import { open, readFile, rm, stat } from 'node:fs/promises';
import { fileError } from '@churn/io';
import { HOST, hasEnded } from '../runs/process-identity.js';

/** A lock of another host, of which nobody knows whether its process still runs, is taken for one left behind after this time. */
const LEFT_BEHIND_MS = 3_600_000;
/** How long it may take to write it. */
const WRITING_MS = 5000;

/**
 * Does `work` while no other process does, as a file says that all of them make.
 * @returns whether it was done: `false` where another process is at it.
 * @throws `invalid-file` if the file cannot be written.
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
    // One that says nothing was made by a process that was killed before it could.
    const most = host === undefined ? WRITING_MS : LEFT_BEHIND_MS;
    return Date.now() - (await stat(file)).mtimeMs > most;
  } catch {
    // It is gone: whoever had it is done.
    return false;
  }
}
