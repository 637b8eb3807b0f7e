import type { Cell, TableSchema } from '@churn/core';
import type { SchemaElement } from 'hyparquet';
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { readableElement, writableElement } from './element.js';

/** The number of rows per row group. */
const ROW_GROUP = 10_000;

/**
 * Starts a file with the columns `elements` of another file, and added columns.
 * Loads the library on demand, since few users need it and CommonJS cannot require it.
 */
export async function openParquetOutput(
  elements: readonly SchemaElement[],
  added: TableSchema,
): Promise<ParquetOutput> {
  return new ParquetOutput(await import('hyparquet-writer'), elements, added);
}

/** Writes a Parquet file in pieces, each a row group. */
export class ParquetOutput {
  readonly #names: readonly string[];
  readonly #elements: readonly SchemaElement[];
  readonly #bytes: ByteWriter;
  readonly #writer: ParquetWriter;

  constructor(
    { ByteWriter, ParquetWriter }: typeof import('hyparquet-writer'),
    elements: readonly SchemaElement[],
    added: TableSchema,
  ) {
    this.#bytes = new ByteWriter();
    this.#elements = [
      ...elements.map(writableElement),
      ...added.map(({ name, kind }): SchemaElement => {
        const type =
          kind === 'category'
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
      // Statistics depend on logical types, but values are written with physical types.
      statistics: false,
    });
  }

  /** @param values the stored values of the input columns. @param added the values of the added columns. */
  write(values: readonly ArrayLike<unknown>[], added: readonly ArrayLike<Cell>[]): Uint8Array {
    const columnData = [...values, ...added].map((data, j) => ({
      name: this.#names[j],
      data: Array.from(data),
    }));
    if (columnData[0].data.length > 0) this.#writer.write({ columnData, rowGroupSize: ROW_GROUP });
    return this.#taken();
  }

  end(): Uint8Array {
    // The logical types are restored in the footer.
    this.#writer.schema = this.#schema(this.#elements);
    this.#writer.finish();
    return this.#taken();
  }

  #schema(elements: readonly SchemaElement[]): SchemaElement[] {
    return [{ name: 'root', num_children: elements.length }, ...elements];
  }

  /** The bytes written since the last call. */
  #taken(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}
