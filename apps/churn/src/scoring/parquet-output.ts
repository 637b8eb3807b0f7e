import type { Cell } from '@churn/core';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { readableElement, writableElement } from './parquet-element.js';

/** How many rows a row group has. */
const ROW_GROUP = 10_000;

/** A column that is added: text, or numbers. */
export interface AddedColumn {
  readonly name: string;
  readonly isText: boolean;
}

/** A Parquet file in pieces, each a row group. */
export class ParquetOutput {
  readonly #names: readonly string[];
  readonly #elements: readonly SchemaElement[];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;

  /** @param elements the columns of the input. */
  constructor(elements: readonly SchemaElement[], added: readonly AddedColumn[]) {
    this.#elements = [
      ...elements.map(writableElement),
      ...added.map(({ name, isText }): SchemaElement => {
        const type = isText
          ? ({ type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const)
          : ({ type: 'DOUBLE' } as const);
        return { name, repetition_type: 'OPTIONAL', ...type };
      }),
    ];
    this.#names = this.#elements.map(({ name }) => name);
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: this.#schema(this.#elements.map(readableElement)),
      createdBy: 'churn',
      // They are about what values mean, and values are written as they are stored.
      statistics: false,
    });
  }

  /** @param values of the columns of the input as they are stored, and of those added. */
  write(values: readonly ArrayLike<unknown>[], added: readonly (readonly Cell[])[]): Uint8Array {
    const columnData = [...values, ...added].map((data, j) => ({
      name: this.#names[j],
      data: Array.from(data),
    }));
    if (columnData[0].data.length > 0) this.#writer.write({ columnData, rowGroupSize: ROW_GROUP });
    return this.#taken();
  }

  end(): Uint8Array {
    // What the values mean comes back at the end, where a file tells it.
    this.#writer.schema = this.#schema(this.#elements);
    this.#writer.finish();
    return this.#taken();
  }

  #schema(elements: readonly SchemaElement[]): SchemaElement[] {
    return [{ name: 'root', num_children: elements.length }, ...elements];
  }

  /** What has been written since the last time. */
  #taken(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}
