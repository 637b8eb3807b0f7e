import type { Cell } from '@churn/core';
import type { RowBatch } from '@churn/io';
import { openOutput } from '../scoring/output.js';
import type { Customers } from './read-customers.js';

/**
 * Writes customers as they were read, with added columns, in the format of the input. In columnar formats, which keep the batches of the
 * input, the order of the list applies within each batch.
 *
 * @param listed the customers, in the order of the list.
 * @param added the added columns, with a value per listed customer.
 */
export async function writeList(
  output: string,
  { batches, places, end }: Customers,
  listed: Int32Array,
  added: readonly ArrayLike<Cell>[],
  isColumnar: boolean,
): Promise<void> {
  const file = await openOutput(output);
  const number = new Map(batches.map((batch, i) => [batch, i]));
  const batchOf = (place: number) => number.get(places[listed[place]].batch) as number;
  const order = Array.from(listed.keys());
  if (isColumnar) order.sort((a, b) => batchOf(a) - batchOf(b) || a - b);
  // The header of CSV, which the first batch starts with whenever it is written.
  const head = isColumnar ? Buffer.alloc(0) : Buffer.from(formatted(batches[0], []));
  try {
    await file.write(head);
    for (let from = 0; from < order.length; ) {
      const { batch } = places[listed[order[from]]];
      let to = from + 1;
      while (to < order.length && places[listed[order[to]]].batch === batch) to++;
      const text = Buffer.from(formatted(batch, order.slice(from, to)));
      await file.write(batch === batches[0] ? text.subarray(head.length) : text);
      from = to;
    }
    await file.write(end());
    await file.seal();
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }

  function formatted(batch: RowBatch, run: readonly number[]): string | Uint8Array {
    const rows = Int32Array.from(run, (place) => places[listed[place]].row);
    return batch.format(
      rows,
      added.map((column) => run.map((place) => column[place])),
    );
  }
}
