import { ChurnError, missingColumn } from '@churn/core';
import { hasInvalidBytes, INVALID_BYTES, showInvalidBytes } from '@churn/io';
import type { SchemaElement } from 'hyparquet';
import { refuseScored } from './csv-source.js';
import { misfitText } from './misfit.js';
import { objectBatch } from './object-table.js';
import { isText } from './parquet-element.js';
import { ParquetOutput } from './parquet-output.js';
import { ParquetReader, type ParquetReaderOptions, type ParquetRows } from './parquet-reader.js';
import { meaningOf } from './parquet-value.js';
import { isTextColumn } from './prediction-columns.js';
import type { RejectedRow, RowBatch, RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  readonly meaning: (stored: unknown) => unknown;
}

/**
 * Rows of a Parquet file of flat columns. One row group at a time is in memory, of which writers of Parquet choose the size. The output
 * has the columns of the input with their types and their values as they are stored, and those added as numbers and text.
 *
 * @param name a file: the end of one is read before its beginning, which standard input cannot do.
 */
export function parquetSource(
  name: string,
  scoring: ScoringModel,
  options: ParquetReaderOptions = {},
): RowSource {
  let output: ParquetOutput | undefined;
  return {
    name,
    async *batches(added) {
      const reader = new ParquetReader(options);
      const orRefuse = async <T>(work: Promise<T>) => {
        try {
          return await work;
        } catch (error) {
          throw unreadable(name, error);
        }
      };
      try {
        const { elements, rows, batches } = await orRefuse(reader.open(name));
        const present = elements.map((element) => element.name);
        refuseScored(name, present, added);
        refuseMissing(name, present, scoring);
        if (rows === 0) throw new ChurnError('invalid-file', `${name}: no rows to score`);
        const made = added.map((column) => ({ name: column, isText: isTextColumn(scoring, column) }));
        output = new ParquetOutput(elements, made);
        const columns = elements.map((element) => ({
          name: element.name,
          element,
          meaning: meaningOf(element),
        }));
        const all = batches();
        for (let next = await orRefuse(all.next()); !next.done; next = await orRefuse(all.next())) {
          yield toBatch(next.value, columns, scoring, output);
        }
      } finally {
        await reader.close();
      }
    },
    end: () => output?.end() ?? '',
  };
}

/** @throws `column-name` where the file lacks a column of the model. */
function refuseMissing(name: string, present: readonly string[], { columns }: ScoringModel): void {
  const lacking = columns.find((column) => !present.includes(column.name));
  if (!lacking) return;
  throw new ChurnError('column-name', `${name}: ${missingColumn(lacking.name, present).message}`);
}

function unreadable(name: string, error: unknown): ChurnError {
  const [why] = (error as Error).message.split('\n');
  const short = why.length > 200 ? `${why.slice(0, 200)}…` : why;
  return new ChurnError('invalid-file', `${name}: cannot be read as Parquet: ${short}`, { cause: error });
}

function toBatch(
  { before, values }: ParquetRows,
  columns: readonly ParquetColumn[],
  scoring: ScoringModel,
  output: ParquetOutput,
): RowBatch {
  const wanted = new Set(scoring.columns.map((column) => column.name));
  const texts = columns.flatMap(({ element }, j) => (isText(element) ? [j] : []));
  const line = (row: number) => before + row + 1;
  const textOf = (row: number) => rowText(columns, values, row);
  const notUtf8: RejectedRow[] = [];
  const rows: number[] = [];
  for (let row = 0; row < values[0].length; row++) {
    const amiss = texts.find(
      (j) => typeof values[j][row] === 'string' && hasInvalidBytes(values[j][row] as string),
    );
    if (amiss === undefined) rows.push(row);
    else {
      const reason = misfitText([{ column: columns[amiss].name, detail: INVALID_BYTES }]);
      notUtf8.push({ line: line(row), reason, row: textOf(row) });
    }
  }
  const read = columns.flatMap((column, j) =>
    wanted.has(column.name) ? [{ ...column, stored: values[j] }] : [],
  );
  const objects = rows.map((row) =>
    Object.fromEntries(read.map(({ name, meaning, stored }) => [name, meaning(stored[row])])),
  );
  const { table, kept, rejected } = objectBatch(scoring.columns, objects, (place) => ({
    line: line(rows[place]),
    row: textOf(rows[place]),
  }));
  return {
    table,
    lines: kept.map((place) => line(rows[place])),
    rejected: [...notUtf8, ...rejected].sort((a, b) => a.line - b.line),
    text: (row) => textOf(rows[kept[row]]),
    format(chosen, added) {
      const places = Array.from(chosen, (row) => rows[kept[row]]);
      return output.write(
        values.map((column) => places.map((row) => column[row])),
        added,
      );
    },
  };
}

function rowText(
  columns: readonly ParquetColumn[],
  values: readonly ArrayLike<unknown>[],
  row: number,
): string {
  const members = columns.map(({ name, meaning }, j) => [name, meaning(values[j][row])]);
  const text = JSON.stringify(Object.fromEntries(members), (_, value) =>
    typeof value === 'bigint' ? String(value) : typeof value === 'string' ? showInvalidBytes(value) : value,
  );
  return text;
}
