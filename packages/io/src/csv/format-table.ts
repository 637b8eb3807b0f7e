import { setImmediate } from 'node:timers/promises';
import type { Column } from '@churn/core';
import { type FieldOptions, writtenLevels } from './fields.js';
import { formatBlock, type TableFormat } from './format-block.js';
import { FormatThread } from './format-thread.js';

/** The approximate number of fields per block. */
const BLOCK = 2 ** 17;
/** The minimum number of fields for threads: fewer are formatted before a thread has started. */
const MIN_FIELDS = 2 ** 21;
/** The maximum number of pending blocks: per thread, and per thread including finished ones. */
const MAX_PENDING = { ofThread: 2, inAll: 8 };

/**
 * Formats a table as blocks of lines, in order. The result is the same for any number of threads, which includes this one.
 * @param minFields the minimum number of fields for which other threads are started.
 */
export async function* formatTable(
  columns: readonly Column[],
  nRows: number,
  options: FieldOptions,
  threads: number,
  minFields = MIN_FIELDS,
): AsyncGenerator<Uint8Array> {
  const format: TableFormat = {
    levels: columns.map((column) =>
      column.kind === 'category' ? writtenLevels(column.levels, options) : undefined,
    ),
    options,
  };
  const size = Math.max(1, Math.floor(BLOCK / columns.length));
  const here = (start: number) =>
    formatBlock(
      columns.map((column) => valuesOf(column).subarray(start, start + size)),
      format,
    );
  const nOthers = nRows * columns.length < minFields ? 0 : threads - 1;
  const others = Array.from({ length: nOthers }, () => new FormatThread(format));
  const waiting: (Uint8Array | Promise<Uint8Array>)[] = [];
  try {
    for (let start = 0; start < nRows; start += size) {
      const idle = others.find(({ waiting }) => waiting < MAX_PENDING.ofThread);
      if (idle) {
        const block = columns.map((column) => valuesOf(column).slice(start, start + size));
        // If the thread cannot start, or dies, its blocks are formatted here.
        waiting.push(idle.format(block).catch(() => here(start)));
      } else {
        waiting.push(here(start));
        // Lets messages of the threads arrive.
        if (nOthers > 0) await setImmediate();
      }
      while (waiting.length > MAX_PENDING.inAll * nOthers) yield await waiting.shift()!;
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } finally {
    await Promise.all(others.map((thread) => thread.close()));
  }
}

function valuesOf(column: Column): Float64Array | Int32Array {
  return column.kind === 'numeric' ? column.values : column.codes;
}
