import { constants } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { type Config, dataName } from '../config/config.js';
import { fileFormat } from '../input.js';

/** How many bytes of memory a byte of a file becomes, by its format, where all rows are read at once; those of a compressed file count more. */
const BYTES_PER_BYTE: Readonly<Record<string, number>> = { csv: 12, jsonl: 12, parquet: 30 };
const COMPRESSION = 6;

/** The share of the memory that rows may fill: what learns from them needs the rest. */
const SHARE = 0.5;

/** Whether a format is read piece by piece. */
export function canStream(file: string): boolean {
  return fileFormat(file).name in BYTES_PER_BYTE;
}

/** Whether rows are to be learned from as they are read: as the configuration says, or where they would fill too much of the memory. */
export async function isStreamed({ data, training: { streaming } }: Config): Promise<boolean> {
  if (streaming !== 'auto') return streaming;
  if (data.file === undefined || !canStream(data.file)) return false;
  // What is no file is told by who reads it.
  const size = await stat(data.file).then(
    (found) => found.size,
    () => 0,
  );
  const isCompressed = /\.(gz|zst)$/i.test(data.file);
  const bytes = size * (isCompressed ? COMPRESSION : 1);
  const isLongText = fileFormat(dataName(data)).name !== 'parquet' && bytes > constants.MAX_STRING_LENGTH;
  return isLongText || bytes * BYTES_PER_BYTE[fileFormat(data.file).name] > SHARE * memory();
}

/** How many bytes the process may have. */
function memory(): number {
  const constrained = process.constrainedMemory();
  const machine = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.min(machine, getHeapStatistics().heap_size_limit);
}
