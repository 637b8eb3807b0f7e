import { stat } from 'node:fs/promises';
import { ChurnError, missingColumn } from '@churn/core';
import type { SchemaElement } from 'hyparquet';
import { readBytes } from '../files/read-bytes.js';
import { requireFile } from '../files/require-file.js';
import { sha256 } from '../files/sha256.js';
import { refuseTaken } from '../records/added-columns.js';
import type { RecordBatch, RecordFormat, RejectedRow } from '../records/record-format.js';
import { refuseRejected } from '../records/refuse-rejected.js';
import { clipped, quoted } from '../text/quoted.js';
import { hasInvalidBytes, INVALID_BYTES, showInvalidBytes } from '../text/utf8-decoder.js';
import { isText } from './element.js';
import { openParquetOutput, type ParquetOutput } from './parquet-output.js';
import { ParquetReader, type ParquetRows } from './parquet-reader.js';
import { meaningOf } from './stored-value.js';

/**
 * Parquet with flat columns. One row group at a time is held in memory; its size is chosen by the writer of the file. Output has the columns of the
 * input with their types and stored values, and added columns as numbers and text.
 *
 * It requires the packages `hyparquet` and `hyparquet-compressors`, and `hyparquet-writer` for writing. Streams are not supported, since the end of a
 * file is read first.
 */
export const parquet: RecordFormat = {
  name: 'parquet',
  endings: ['.parquet'],
  isColumnar: true,

  async read(file) {
    const bytes = await readBytes(file);
    const opened = await openParquet(file);
    try {
      const header = opened.columns.map(({ name }) => name);
      const records: (readonly unknown[])[] = [];
      for await (const part of opened.batches()) {
        const batch = toBatch(opened, part, header);
        refuseRejected(file, batch);
        for (const record of batch.records) records.push(record);
      }
      const lines = records.map((_, i) => i + 1);
      return { source: file, header, records, lines, isTyped: true, sha256: sha256(bytes) };
    } finally {
      await opened.close();
    }
  },

  async open(input, { source = 'standard input' } = {}) {
    if (typeof input !== 'string') {
      throw new ChurnError(
        'invalid-parameter',
        `${source}: expected a file, since Parquet cannot be read from a stream`,
      );
    }
    await requireFile(input);
    let output: ParquetOutput | undefined;
    return {
      name: input,
      async *batches(schema, added) {
        const names = schema.map(({ name }) => name);
        const opened = await openParquet(input);
        try {
          const present = opened.columns.map(({ name }) => name);
          refuseTaken(input, present, added);
          const lacking = names.filter((name) => !present.includes(name));
          if (lacking.length > 0) {
            throw new ChurnError(
              'column-name',
              `${input}: ${missingColumn(lacking, present, names).message}`,
            );
          }
          const elements = opened.columns.map(({ element }) => element);
          output = await openParquetOutput(elements, added);
          for await (const part of opened.batches()) yield toBatch(opened, part, names, output);
        } finally {
          await opened.close();
        }
      },
      end: () => output?.end() ?? '',
    };
  },
};

interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  /** Converts a stored value to a JSON value. */
  readonly meaning: (stored: unknown) => unknown;
}

interface ParquetFile {
  readonly name: string;
  readonly columns: readonly ParquetColumn[];
  batches(): AsyncGenerator<ParquetRows>;
  close(): Promise<void>;
}

/** @throws `invalid-file` if a file is empty, is not Parquet, is damaged or has no rows. */
async function openParquet(name: string): Promise<ParquetFile> {
  if ((await stat(name)).size === 0) throw new ChurnError('invalid-file', `${name}: empty, expected Parquet`);
  const reader = new ParquetReader();
  const orRefuse = async <T>(work: Promise<T>) => {
    try {
      return await work;
    } catch (error) {
      await reader.close();
      throw unreadable(name, error);
    }
  };
  const { elements, rows, batches } = await orRefuse(reader.open(name));
  if (rows === 0) {
    await reader.close();
    throw new ChurnError('invalid-file', `${name}: no rows`);
  }
  return {
    name,
    columns: elements.map((element) => ({ name: element.name, element, meaning: meaningOf(element) })),
    async *batches() {
      const all = batches();
      for (let next = await orRefuse(all.next()); !next.done; next = await orRefuse(all.next())) {
        yield next.value;
      }
    },
    close: () => reader.close(),
  };
}

function unreadable(name: string, error: unknown): ChurnError {
  const [why] = (error as Error).message.split('\n');
  const lacking = /Cannot find package '(hyparquet[\w-]*)'/.exec(why);
  return lacking
    ? new ChurnError(
        'invalid-file',
        `${name}: Parquet requires the package ${lacking[1]}, which is not installed`,
      )
    : new ChurnError('invalid-file', `${name}: cannot be read as Parquet: ${clipped(why, 200)}`, {
        cause: error,
      });
}

/** @param names the columns to read, in the order of the records. */
function toBatch(
  { name: source, columns }: ParquetFile,
  { before, values }: ParquetRows,
  names: readonly string[],
  output?: ParquetOutput,
): RecordBatch {
  const texts = columns.flatMap(({ element }, j) => (isText(element) ? [j] : []));
  const line = (row: number) => before + row + 1;
  const rejected: RejectedRow[] = [];
  const rows: number[] = [];
  for (let row = 0; row < values[0].length; row++) {
    const invalid = texts.find((j) => {
      const text = values[j][row];
      return typeof text === 'string' && hasInvalidBytes(text);
    });
    if (invalid === undefined) rows.push(row);
    else {
      const reason = `column ${quoted(columns[invalid].name)}: ${INVALID_BYTES}`;
      rejected.push({ line: line(row), reason, row: rowText(columns, values, row) });
    }
  }
  const read = names.map((name) => {
    const j = columns.findIndex((column) => column.name === name);
    return { meaning: columns[j].meaning, stored: values[j] };
  });
  return {
    source,
    header: names,
    records: rows.map((row) => read.map(({ meaning, stored }) => meaning(stored[row]))),
    lines: rows.map(line),
    isTyped: true,
    rejected,
    text: (place) => rowText(columns, values, rows[place]),
    write(places, added) {
      const chosen = places.map((place) => rows[place]);
      const stored = values.map((column) => chosen.map((row) => column[row]));
      return output?.write(stored, added) ?? '';
    },
  };
}

/** A row as JSON. */
function rowText(
  columns: readonly ParquetColumn[],
  values: readonly ArrayLike<unknown>[],
  row: number,
): string {
  const members = columns.map(({ name, meaning }, j) => [name, meaning(values[j][row])]);
  return JSON.stringify(Object.fromEntries(members), (_, value) =>
    typeof value === 'bigint' ? String(value) : typeof value === 'string' ? showInvalidBytes(value) : value,
  );
}
