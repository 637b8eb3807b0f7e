import { open, rename, rm } from 'node:fs/promises';
import { type LogFile, wholePath } from './log-files.js';
import { wholeLinesEnd } from './whole-lines.js';

/** Finishes a log file that is no longer written. It does nothing if another process has already done so. */
export type FinishLogFile = (file: LogFile) => Promise<void>;

/** Keeps the file as lines, up to the last complete one. */
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

/** Finishes a file that another process may finish at the same time. */
export async function finishOnce(finish: FinishLogFile, file: LogFile): Promise<void> {
  try {
    await finish(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
