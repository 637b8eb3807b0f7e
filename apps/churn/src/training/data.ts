import { createHash } from 'node:crypto';
import { ChurnError, Labels, missingColumn, type Table } from '@churn/core';
import {
  type CsvRecords,
  columnNames,
  type DatasetSchema,
  detectDelimiter,
  parseCsv,
  readBytes,
  toDataset,
  toTable,
} from '@churn/io';
import { DropColumns, dropDuplicateRows } from '@churn/transforms';
import type { DataConfig } from '../config/config.js';
import { misfitDates } from '../scoring/misfit.js';

/** Labelled rows, ready to be split and learned from. */
export interface Dataset {
  /** The rows as the file has them, duplicates left out. */
  readonly records: CsvRecords;
  /** The columns to learn from. */
  readonly features: Table;
  /** The target; of two classes, the second is the positive one. */
  readonly labels: Labels;
  /** How many rows were left out as duplicates. */
  readonly duplicates: number;
  /** The SHA-256 of the file as it was read, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Reads and checks the training data that a configuration describes.
 *
 * @param dates the columns that must hold ISO dates.
 * @throws `invalid-file` where the file cannot be read as CSV; `invalid-data` with all that its columns should not hold;
 *   `column-name` or `invalid-target` where the target is missing or cannot be learned from.
 */
export async function loadDataset(config: DataConfig, dates: readonly string[] = []): Promise<Dataset> {
  const bytes = await readBytes(config.file);
  const csv = parseCsv(bytes, { source: config.file, delimiter: config.delimiter });
  const names = columnNames(csv.header);
  if (!names.includes(config.target)) {
    throw new ChurnError(
      'column-name',
      `${csv.source}: target ${missingColumn(config.target, names).message}${otherDelimiter(csv.header)}`,
    );
  }
  const table = toTrainingTable(csv, config);
  for (const name of dates) refuseNoDates(table, name, csv);
  const labels = labelsOf(table, config, csv);
  const kept = dropDuplicateRows(table, { columns: config.uniqueBy }).rows;
  return {
    records: takeRecords(csv, kept),
    features: featuresOf(table, config).take(kept),
    labels: labels.take(kept),
    duplicates: table.nRows - kept.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** What to do where a header is one field, though it has delimiters of another kind. */
function otherDelimiter([name, ...others]: readonly string[]): string {
  const other = detectDelimiter(name);
  if (others.length > 0 || !name.includes(other)) return '';
  return `; is ${JSON.stringify(other)} what stands between its fields? data.delimiter names it`;
}

/** The rows `rows` of a CSV file, in that order. */
export function takeRecords(csv: CsvRecords, rows: ArrayLike<number>): CsvRecords {
  const indices = Array.from(rows);
  return {
    ...csv,
    records: indices.map((row) => csv.records[row]),
    lines: indices.map((row) => csv.lines[row]),
  };
}

function toTrainingTable(csv: CsvRecords, { columns, target, missingValues }: DataConfig): Table {
  if (!columns) return toTable(csv, { kinds: new Map([[target, 'category']]), missingValues });
  const isDeclared = columns.some(({ name }) => name === target);
  const schema: DatasetSchema = isDeclared ? columns : [{ name: target, kind: 'category' }, ...columns];
  return toDataset(csv, schema, { missingValues });
}

/** An error about rows of a file's table, told by the lines of the file; any other as it is. */
export function inLines(error: unknown, { source, lines }: Pick<CsvRecords, 'source' | 'lines'>): unknown {
  if (!ChurnError.is(error) || !error.faults?.length) return error;
  const [{ row, column, detail }, ...others] = error.faults;
  const where = column === undefined ? '' : `, column "${column}"`;
  const more = others.length > 0 ? `; ${others.length + 1} such rows in all` : '';
  return new ChurnError(error.code, `${source}, line ${lines[row]}${where}: ${detail}${more}`, {
    cause: error,
  });
}

function refuseNoDates(table: Table, name: string, { source, lines }: CsvRecords): void {
  const [first] = misfitDates(table.category(name));
  if (first === undefined) return;
  throw new ChurnError(
    'invalid-data',
    `${source}, line ${lines[first.row]}, column "${name}": ${first.detail}`,
  );
}

/** The declared columns, or where none are declared all, without the target and those to drop. */
function featuresOf(table: Table, { columns, target, drop }: DataConfig): Table {
  const declared = columns
    ? table.select(columns.map(({ name }) => name).filter((name) => table.has(name)))
    : table;
  return new DropColumns(drop).fitTransform(declared).output.drop([target]);
}

function labelsOf(table: Table, { target, positive }: DataConfig, csv: CsvRecords): Labels {
  const { codes, levels } = table.category(target);
  const unlabelled = codes.indexOf(-1);
  if (unlabelled >= 0) {
    throw new ChurnError(
      'invalid-target',
      `${csv.source}, line ${csv.lines[unlabelled]}: the target "${target}" has no value; a row to learn from needs one`,
    );
  }
  const shown = levels
    .slice(0, 10)
    .map((level) => JSON.stringify(level))
    .join(', ');
  const present = Array.from(codes, (code) => levels[code]);
  if (positive === undefined) {
    if (levels.length > 2) return Labels.from(present);
    throw new ChurnError(
      'invalid-target',
      `${csv.source}: expected data.positive to name the label to find, as the target "${target}" has no more than two: ${shown}`,
    );
  }
  if (!levels.includes(positive)) {
    throw new ChurnError(
      'invalid-target',
      `${csv.source}: the positive label ${JSON.stringify(positive)} never occurs in "${target}", which has ${shown}`,
    );
  }
  if (levels.length !== 2) {
    throw new ChurnError(
      'invalid-target',
      `${csv.source}: expected two labels in the target "${target}", got ${levels.length}: ${shown}` +
        (levels.length > 2 ? '; without data.positive, all of them are told apart' : ''),
    );
  }
  const [negative] = levels.filter((level) => level !== positive);
  return Labels.from(present, [negative, positive]);
}
