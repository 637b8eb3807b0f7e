import { constants } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { type Config, dataName } from '../config/config.js';
import { fileFormat } from '../input.js';

/** The memory per byte of a file if all rows are read at once, by format; more for compressed files. */
const BYTES_PER_BYTE: Readonly<Record<string, number>> = { csv: 12, jsonl: 12, parquet: 30 };
const COMPRESSION = 6;

/** The share of the memory that rows may use; training needs the rest. */
const SHARE = 0.5;

/** Whether a format can be streamed. */
export function canStream(file: string): boolean {
  return fileFormat(file).name in BYTES_PER_BYTE;
}

/** Whether to stream rows: as configured, or if they would use too much memory. */
export async function isStreamed({ data, training: { streaming } }: Config): Promise<boolean> {
  if (streaming !== 'auto') return streaming;
  if (data.file === undefined || !canStream(data.file)) return false;
  // A missing file is reported when it is read.
  const size = await stat(data.file).then(
    (found) => found.size,
    () => 0,
  );
  const isCompressed = /\.(gz|zst)$/i.test(data.file);
  const bytes = size * (isCompressed ? COMPRESSION : 1);
  const isLongText = fileFormat(dataName(data)).name !== 'parquet' && bytes > constants.MAX_STRING_LENGTH;
  return isLongText || bytes * BYTES_PER_BYTE[fileFormat(data.file).name] > SHARE * memory();
}

/** The memory available to the process, in bytes. */
function memory(): number {
  const constrained = process.constrainedMemory();
  const machine = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.min(machine, getHeapStatistics().heap_size_limit);
}
