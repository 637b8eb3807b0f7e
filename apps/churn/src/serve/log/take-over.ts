import { stat } from 'node:fs/promises';
import { hasEnded } from '../../runs/process-identity.js';
import { type FinishLogFile, finishOnce } from './finish-log-file.js';
import { type LogFile, type LogKind, listLogFiles } from './log-files.js';
import { isOwn } from './open-log-file.js';

/** The interval of signs of life for open files. */
export const SIGN_OF_LIFE_MS = 60_000;
/**
 * The time without a sign of life after which a file is abandoned; host names do not suffice, since a container has a new one at each
 * start.
 */
const ABANDONED_MS = 10 * SIGN_OF_LIFE_MS;

/** Finishes the files left by killed processes. @returns their number. */
export async function takeOver(folder: string, kind: LogKind, finish: FinishLogFile): Promise<number> {
  let taken = 0;
  for (const file of await listLogFiles(folder, kind)) {
    if (!(await isAbandoned(file))) continue;
    await finishOnce(finish, file);
    taken++;
  }
  return taken;
}

async function isAbandoned(file: LogFile): Promise<boolean> {
  const { path, writer } = file;
  if (!writer || isOwn(file)) return false;
  if (hasEnded(writer)) return true;
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return Date.now() - mtimeMs > ABANDONED_MS;
}
