import { parentPort, workerData } from 'node:worker_threads';
import { type ColumnBlock, formatBlock, type TableFormat } from './format-block.js';

const format: TableFormat = workerData;

parentPort?.on('message', (block: ColumnBlock) => {
  const lines = formatBlock(block, format);
  parentPort?.postMessage(lines, [lines.buffer as ArrayBuffer]);
});
