import type { Cell } from '@churn/core';
import type { RowBatch } from '@churn/io';
import { openOutput } from '../scoring/output.js';
import type { Customers } from './read-customers.js';

/**
 * Writes customers as they came, with columns added, in the format of the input. In columnar formats, whose rows stand together as they came,
 * the list is in its order within each part of the input.
 *
 * @param listed which customers, in the order of the list.
 * @param added of each column a value for each of these.
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
  // What the first part of the input begins with whenever it is written: the header of CSV.
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
