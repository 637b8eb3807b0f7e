import type { Table } from '@churn/core';
import type * as Arrow from 'apache-arrow';
import { loadArrow } from './load-arrow.js';

/**
 * Converts a table to an Apache Arrow table. Numbers and codes of categories share their memory; categories become dictionaries of texts, and
 * missing values nulls.
 *
 * ```ts
 * await writeFile('customers.arrow', tableToIPC(await toArrow(customers), 'file'));
 * ```
 * @throws `invalid-file` if the package `apache-arrow` is not installed.
 */
export async function toArrow(table: Table): Promise<Arrow.Table> {
  const arrow = await loadArrow('Arrow');
  const { Dictionary, Field, Float64, Int32, RecordBatch, Schema, Struct, Utf8, makeData, vectorFromArray } =
    arrow;
  const columns = Array.from(table.entries(), ([name, column], id) => {
    if (column.kind === 'numeric') {
      const type = new Float64();
      const { nullBitmap, nullCount } = nullsOf(table.nRows, (row) => Number.isNaN(column.values[row]));
      return { name, type, data: makeData({ type, data: column.values, nullBitmap, nullCount }) };
    }
    const type = new Dictionary(new Utf8(), new Int32(), id);
    const dictionary = vectorFromArray(column.levels, new Utf8());
    const { nullBitmap, nullCount } = nullsOf(table.nRows, (row) => column.codes[row] < 0);
    return { name, type, data: makeData({ type, data: column.codes, nullBitmap, nullCount, dictionary }) };
  });
  const fields = columns.map(({ name, type }) => new Field(name, type, true));
  const children = columns.map(({ data }) => data);
  const schema = new Schema(fields);
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(fields), length: table.nRows, children }),
  );
  return new arrow.Table(schema, [batch]);
}

/** The null bitmap, with a bit for each value; `undefined` if none is missing. */
function nullsOf(length: number, isMissing: (row: number) => boolean) {
  let nullBitmap: Uint8Array | undefined;
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (!isMissing(row)) continue;
    nullBitmap ??= new Uint8Array(Math.ceil(length / 64) * 8).fill(255);
    nullBitmap[row >> 3] &= ~(1 << (row & 7));
    nullCount++;
  }
  return { nullBitmap, nullCount };
}
