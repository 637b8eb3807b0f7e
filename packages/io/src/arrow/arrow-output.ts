import type { Cell, TableSchema } from '@churn/core';
import type * as Arrow from 'apache-arrow';
import type { ArrowLibrary } from './load-arrow.js';

/** Collects Arrow rows unchanged, with columns added, and writes them at the end. */
export class ArrowOutput {
  readonly #arrow: ArrowLibrary;
  readonly #added: readonly Arrow.Field[];
  readonly #batches: Arrow.RecordBatch[] = [];
  #schema: Arrow.Schema | undefined;

  constructor(arrow: ArrowLibrary, added: TableSchema) {
    this.#arrow = arrow;
    this.#added = added.map(({ name, kind }) => {
      const type = kind === 'numeric' ? new arrow.Float64() : new arrow.Utf8();
      return new arrow.Field(name, type, true);
    });
  }

  /**
   * @param rows of the batch, ascending.
   * @param added one array per added column, with a value for each of these rows.
   */
  write(batch: Arrow.RecordBatch, rows: readonly number[], added: readonly ArrayLike<Cell>[]): void {
    const { RecordBatch, Schema, Struct, makeData, vectorFromArray } = this.#arrow;
    this.#schema ??= new Schema([...batch.schema.fields, ...this.#added], batch.schema.metadata);
    const schema = this.#schema;
    const vectors = this.#added.map(({ type }, j) => vectorFromArray(Array.from(added[j]), type));
    for (const [start, end] of runs(rows)) {
      const part = batch.slice(rows[start], rows[end - 1] + 1);
      const children = [...part.data.children, ...vectors.map((vector) => vector.slice(start, end).data[0])];
      const data = makeData({ type: new Struct(schema.fields), length: end - start, children });
      this.#batches.push(new RecordBatch(schema, data));
    }
  }

  /** The output in the file format or the stream format; empty if no rows were written. */
  end(isFile: boolean): Uint8Array | string {
    const { Table, tableToIPC } = this.#arrow;
    return this.#schema ? tableToIPC(new Table(this.#schema, this.#batches), isFile ? 'file' : 'stream') : '';
  }
}

/** The runs of consecutive rows in a list, as ranges of indices with exclusive ends. */
function* runs(rows: readonly number[]): Generator<[number, number]> {
  let start = 0;
  for (let i = 1; i <= rows.length; i++) {
    if (rows[i] === rows[i - 1] + 1) continue;
    yield [start, i];
    start = i;
  }
}
