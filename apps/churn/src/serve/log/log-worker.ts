import { parentPort, workerData } from 'node:worker_threads';
import { finishAsParquet } from './log-parquet.js';

try {
  await finishAsParquet(workerData);
  parentPort?.postMessage({});
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  parentPort?.postMessage({ message, code });
}
