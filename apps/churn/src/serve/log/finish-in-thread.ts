import { Worker } from 'node:worker_threads';
import type { LogFile } from './log-files.js';

/** Makes a Parquet file of a log's lines on a thread, since that takes a second that no answer should wait. */
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
