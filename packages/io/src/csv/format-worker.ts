import { parentPort, workerData } from 'node:worker_threads';
import { formatBlock, type TableFormat } from './format-block.js';

/** What a thread is sent: of each column the numbers, or the codes, of some rows. */
export type ColumnBlock = readonly (Float64Array | Int32Array)[];

const format: TableFormat = workerData;

parentPort?.on('message', (block: ColumnBlock) => {
  const lines = formatBlock(block, format);
  parentPort?.postMessage(lines, [lines.buffer as ArrayBuffer]);
});
