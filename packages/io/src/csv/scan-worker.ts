import { parentPort, workerData } from 'node:worker_threads';
import { type ScanOptions, scanRecords } from './scan-records.js';

/** The job of a thread: a part of the shared bytes to scan. */
export interface ScanJob {
  readonly bytes: SharedArrayBuffer;
  readonly part: ScanOptions;
}

const { bytes, part }: ScanJob = workerData;
const scan = scanRecords(Buffer.from(bytes), part);
const arrays = scan
  ? [
      scan.starts,
      scan.ends,
      scan.lines,
      ...scan.columns.flatMap((column) => [column?.numbers, column?.codes]),
    ]
  : [];
parentPort?.postMessage(
  scan,
  arrays.flatMap((array) => (array ? [array.buffer as ArrayBuffer] : [])),
);
