import { open, rename, rm } from 'node:fs/promises';
import { type LogFile, wholePath } from './log-files.js';
import { wholeLinesEnd } from './whole-lines.js';

/** Makes a whole file of one that is written no more. Where it was finished by another process, there is nothing to do. */
export type FinishLogFile = (file: LogFile) => Promise<void>;

/** Leaves it as it is, up to its last whole line. */
export const finishAsLines: FinishLogFile = async (file) => {
  const { path } = file;
  const handle = await open(path, 'r+');
  let end: number;
  try {
    end = await wholeLinesEnd(handle);
    await handle.truncate(end);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await (end === 0 ? rm(path) : rename(path, wholePath(file, 'jsonl')));
};

/** The same, where another process may finish it at the same time. */
export async function finishOnce(finish: FinishLogFile, file: LogFile): Promise<void> {
  try {
    await finish(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
