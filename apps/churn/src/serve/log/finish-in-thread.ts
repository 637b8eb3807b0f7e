import { Worker } from 'node:worker_threads';
import type { LogFile } from './log-files.js';

/** Converts the lines of a log to Parquet on a thread, since that takes a second, which would delay answers. */
export function finishInThread(file: LogFile): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./log-worker.js', import.meta.url), { workerData: file });
    worker.once('error', reject);
    worker.once('message', ({ message, code }: { message?: string; code?: string }) => {
      if (message === undefined) resolve();
      else reject(Object.assign(new Error(message), { code }));
    });
    worker.once('exit', () => reject(new Error('the thread that writes Parquet ended')));
  });
}
