import { type Cell, ChurnError } from '@churn/core';
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { refuseScored } from './csv-source.js';
import { objectBatch } from './object-table.js';
import type { RowBatch, RowSource } from './row-source.js';
import type { InputColumn, ScoringModel } from './scoring-model.js';

type Values = ArrayLike<unknown>;

interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
}

/** How many rows a batch, and a row group of the output, has. */
const BATCH = 10_000;

/**
 * Rows of a Parquet file of flat columns. One row group at a time is in memory, of which writers of Parquet choose the size. The output
 * has the columns of the input with their types, and those added as numbers and text.
 *
 * @param name a file: the end of one is read before its beginning, which standard input cannot do.
 */
export function parquetSource(name: string, { columns: inputs }: ScoringModel): RowSource {
  let output: ParquetOutput | undefined;
  return {
    name,
    async *batches(added) {
      const file = await asyncBufferFromFile(name);
      const read = <T>(work: () => Promise<T>) => readOrRefuse(name, work);
      const metadata = await read(() => parquetMetadataAsync(file));
      const columns = flatColumns(name, metadata);
      refuseScored(
        name,
        columns.map((column) => column.name),
        added,
      );
      if (metadata.num_rows === 0n) throw new ChurnError('invalid-file', `${name}: no rows to score`);
      output = new ParquetOutput(columns, added);
      const scan = await read(() => parquetScan({ file, metadata, compressors, parsers: EXACT }));
      let before = 0;
      for (const { num_rows } of metadata.row_groups) {
        const rows = Number(num_rows);
        const values: Values[] = [];
        for (const { name: column } of columns) {
          values.push(await read(() => scan.readColumn({ column, rowStart: before, rowEnd: before + rows })));
        }
        for (let start = 0; start < rows; start += BATCH) {
          const end = Math.min(start + BATCH, rows);
          yield toBatch({ columns, values, start, end, before }, inputs, output);
        }
        before += rows;
      }
    },
    end: () => output?.end() ?? '',
  };
}

/** Times that a `Date` cannot hold stay the numbers that they are. */
const EXACT = {
  timestampFromMicroseconds: (micros: bigint) =>
    micros % 1000n === 0n ? new Date(Number(micros / 1000n)) : micros,
  timestampFromNanoseconds: (nanos: bigint) =>
    nanos % 1_000_000n === 0n ? new Date(Number(nanos / 1_000_000n)) : nanos,
};

async function readOrRefuse<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ChurnError('invalid-file', `${name}: cannot be read as Parquet: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function flatColumns(name: string, { schema: [, ...elements] }: FileMetaData): ParquetColumn[] {
  const nested = elements.find(
    ({ num_children = 0, repetition_type }) => num_children > 0 || repetition_type === 'REPEATED',
  );
  if (nested) {
    throw new ChurnError(
      'invalid-file',
      `${name}: column "${nested.name}": expected one value a row, got a list or a group of values`,
    );
  }
  return elements.map((element) => ({ name: element.name, element: writable(element) }));
}

/** The times of old writers are not written any more. */
function writable(element: SchemaElement): SchemaElement {
  const { name, repetition_type, type } = element;
  return type === 'INT96'
    ? { name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }
    : element;
}

/** Some rows of a row group. */
interface RowRange {
  readonly columns: readonly ParquetColumn[];
  /** Of the row group, for each column. */
  readonly values: readonly Values[];
  readonly start: number;
  readonly end: number;
  /** How many rows the file has before the row group. */
  readonly before: number;
}

function toBatch(range: RowRange, inputs: readonly InputColumn[], output: ParquetOutput): RowBatch {
  const { columns, values, start, end, before } = range;
  const rows = Array.from({ length: end - start }, (_, i) => start + i);
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map((column, j) => [column.name, jsonValue(column, values[j][row])])),
  );
  const line = (place: number) => before + rows[place] + 1;
  const { table, kept, rejected } = objectBatch(inputs, objects, (place) => ({
    line: line(place),
    row: textOf(objects[place]),
  }));
  return {
    table,
    lines: kept.map(line),
    rejected,
    format: (added) =>
      output.write(
        values.map((column) => kept.map((place) => column[rows[place]])),
        added,
      ),
  };
}

/** A value as JSON would have it. */
function jsonValue({ element }: ParquetColumn, value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  const text = value.toISOString();
  return element.converted_type === 'DATE' ? text.slice(0, 10) : text;
}

function textOf(object: object): string {
  return JSON.stringify(object, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

/** A Parquet file in pieces, each a row group. */
class ParquetOutput {
  readonly #columns: readonly ParquetColumn[];
  readonly #added: readonly string[];
  readonly #bytes = new ByteWriter();
  #writer: ParquetWriter | undefined;

  constructor(columns: readonly ParquetColumn[], added: readonly string[]) {
    this.#columns = columns;
    this.#added = added;
  }

  write(values: readonly unknown[][], added: readonly (readonly Cell[])[]): Uint8Array {
    this.#writer ??= new ParquetWriter({
      writer: this.#bytes,
      schema: this.#schema(added),
      createdBy: 'churn',
    });
    const names = [...this.#columns.map(({ name }) => name), ...this.#added];
    const columnData = [...values, ...added].map((data, j) => ({ name: names[j], data: [...data] }));
    this.#writer.write({ columnData, rowGroupSize: BATCH });
    return this.#taken();
  }

  end(): Uint8Array {
    this.#writer?.finish();
    return this.#taken();
  }

  #schema(added: readonly (readonly Cell[])[]): SchemaElement[] {
    const made = this.#added.map((name, j): SchemaElement => {
      const isText = added[j].some((cell) => typeof cell === 'string');
      const type = isText
        ? ({ type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const)
        : ({ type: 'DOUBLE' } as const);
      return { name, repetition_type: 'OPTIONAL', ...type };
    });
    const elements = [...this.#columns.map(({ element }) => element), ...made];
    return [{ name: 'root', num_children: elements.length }, ...elements];
  }

  /** What has been written since the last time. */
  #taken(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}
