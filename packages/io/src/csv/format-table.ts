import { setImmediate } from 'node:timers/promises';
import type { Column } from '@churn/core';
import { type FieldOptions, writtenLevels } from './fields.js';
import { formatBlock, type TableFormat } from './format-block.js';
import { FormatThread } from './format-thread.js';

/** About how many fields a block of lines has. */
const BLOCK = 2 ** 17;
/** In fields: of fewer, all are written when a thread has started. */
const LEAST = 2 ** 21;
/** How many blocks wait at most, each for its turn or for a thread. */
const WAITING = { ofThread: 2, inAll: 8 };

/**
 * The lines of a table in blocks, in their order; the same for any number of threads, of which this is one.
 * @param least how many fields there are where others are started.
 */
export async function* formatTable(
  columns: readonly Column[],
  nRows: number,
  options: FieldOptions,
  threads: number,
  least = LEAST,
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
  const nOthers = nRows * columns.length < least ? 0 : threads - 1;
  const others = Array.from({ length: nOthers }, () => new FormatThread(format));
  const waiting: (Uint8Array | Promise<Uint8Array>)[] = [];
  try {
    for (let start = 0; start < nRows; start += size) {
      const idle = others.find(({ waiting }) => waiting < WAITING.ofThread);
      if (idle) {
        const block = columns.map((column) => valuesOf(column).slice(start, start + size));
        // Where it cannot be started, or dies, its blocks are written here.
        waiting.push(idle.format(block).catch(() => here(start)));
      } else {
        waiting.push(here(start));
        // What others have done is heard.
        if (nOthers > 0) await setImmediate();
      }
      while (waiting.length > WAITING.inAll * nOthers) yield await waiting.shift()!;
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } finally {
    await Promise.all(others.map((thread) => thread.close()));
  }
}

function valuesOf(column: Column): Float64Array | Int32Array {
  return column.kind === 'numeric' ? column.values : column.codes;
}
