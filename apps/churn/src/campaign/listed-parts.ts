import type { Table } from '@churn/core';
import type { Customers } from './read-customers.js';

/** Customers on a list from the same batch of the input. */
interface ListedPart {
  /** Their positions on the list. */
  readonly places: readonly number[];
  /** Their rows, in that order. */
  readonly table: Table;
}

/**
 * The customers on a list, in parts.
 *
 * @param size the maximum number of customers per part, each from a single batch of the input.
 */
export function* listedParts(
  { places }: Customers,
  listed: Int32Array,
  size: (nRows: number) => number,
): Generator<ListedPart> {
  for (const [batch, ofBatch] of byBatch(places, listed)) {
    const step = size(ofBatch.length);
    for (let from = 0; from < ofBatch.length; from += step) {
      const part = ofBatch.slice(from, from + step);
      yield { places: part, table: batch.table.take(part.map((place) => places[listed[place]].row)) };
    }
  }
}

/** The positions on the list, grouped by batch of the input. */
function byBatch(places: Customers['places'], listed: Int32Array) {
  const all = new Map<Customers['batches'][number], number[]>();
  listed.forEach((customer, place) => {
    const { batch } = places[customer];
    const ofBatch = all.get(batch);
    if (ofBatch) ofBatch.push(place);
    else all.set(batch, [place]);
  });
  return all;
}
