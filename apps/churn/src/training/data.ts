import { ChurnError, Labels, missingColumn, type Table } from '@churn/core';
import {
  columnNames,
  type DatasetSchema,
  detectDelimiter,
  quoted,
  quotedList,
  type Records,
  takeRecords,
  toDataset,
} from '@churn/io';
import { DropColumns, dropDuplicateRows } from '@churn/transforms';
import type { DataConfig } from '../config/config.js';
import { fileFormat } from '../input.js';

/** Labelled rows, ready to be split and learned from. */
export interface Dataset {
  /** The rows as the file has them, duplicates left out. */
  readonly records: Records;
  /** The columns to learn from. */
  readonly features: Table;
  /** How the columns to learn from are written, and what is declared of them. */
  readonly schema: DatasetSchema;
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
 * @throws `invalid-file` where the file cannot be read; `invalid-data` with all that its columns should not hold;
 *   `column-name` or `invalid-target` where the target is missing or cannot be learned from.
 */
export async function loadDataset(config: DataConfig, dates: readonly string[] = []): Promise<Dataset> {
  const { file, delimiter, missingValues } = config;
  const schema = trainingSchema(config, dates);
  const read = await fileFormat(file).read(file, { delimiter, schema });
  const names = columnNames(read.header);
  if (!names.includes(config.target)) {
    throw new ChurnError(
      'column-name',
      `${file}: target ${missingColumn(config.target, names).message}${otherDelimiter(read)}`,
    );
  }
  const { table, schema: found } = toDataset(read, schema, { missingValues });
  const labels = labelsOf(table, config, read);
  const kept = dropDuplicateRows(table, { columns: config.uniqueBy }).rows;
  const features = featuresOf(table, config);
  return {
    records: takeRecords(read, kept),
    features: features.take(kept),
    schema: found.filter(({ name }) => features.has(name)),
    labels: labels.take(kept),
    duplicates: table.nRows - kept.length,
    sha256: read.sha256,
  };
}

/** What to do where a header is one field, though it has delimiters of another kind. */
function otherDelimiter({ header: [name, ...others], isTyped }: Records): string {
  const other = detectDelimiter(name);
  if (isTyped || others.length > 0 || !name.includes(other)) return '';
  return `; is ${quoted(other)} what stands between its fields? data.delimiter names it`;
}

/** What is declared of the columns, and what is known without: that the target holds classes, and which columns dates. */
function trainingSchema({ columns = [], target }: DataConfig, dates: readonly string[]): DatasetSchema {
  const known: DatasetSchema = [
    { name: target, kind: 'category' },
    ...dates.map((name) => ({ name, kind: 'date' as const })),
  ];
  const declared = new Set(columns.map(({ name }) => name));
  return [...known.filter(({ name }) => !declared.has(name)), ...columns];
}

/** An error about rows of a file's table, told by the lines of the file; any other as it is. */
export function inLines(error: unknown, { source, lines }: Pick<Records, 'source' | 'lines'>): unknown {
  if (!ChurnError.is(error) || !error.faults?.length) return error;
  const [{ row, column, detail }, ...others] = error.faults;
  const where = column === undefined ? '' : `, column "${column}"`;
  const more = others.length > 0 ? `; ${others.length + 1} such rows in all` : '';
  return new ChurnError(error.code, `${source}, line ${lines[row]}${where}: ${detail}${more}`, {
    cause: error,
  });
}

/** The declared columns, or where none are declared all, without the target and those to drop. */
function featuresOf(table: Table, { columns, target, drop }: DataConfig): Table {
  const declared = columns
    ? table.select(columns.map(({ name }) => name).filter((name) => table.has(name)))
    : table;
  return new DropColumns(drop).fitTransform(declared).output.drop([target]);
}

function labelsOf(table: Table, { target, positive }: DataConfig, { source, lines }: Records): Labels {
  const { codes, levels } = table.category(target);
  const unlabelled = codes.indexOf(-1);
  if (unlabelled >= 0) {
    throw new ChurnError(
      'invalid-target',
      `${source}, line ${lines[unlabelled]}: the target "${target}" has no value; a row to learn from needs one`,
    );
  }
  const shown = quotedList(levels);
  const present = Array.from(codes, (code) => levels[code]);
  if (positive === undefined) {
    if (levels.length > 2) return Labels.from(present);
    throw new ChurnError(
      'invalid-target',
      `${source}: expected data.positive to name the label to find, as the target "${target}" has no more than two: ${shown}`,
    );
  }
  if (!levels.includes(positive)) {
    throw new ChurnError(
      'invalid-target',
      `${source}: the positive label ${quoted(positive)} never occurs in "${target}", which has ${shown}`,
    );
  }
  if (levels.length !== 2) {
    throw new ChurnError(
      'invalid-target',
      `${source}: expected two labels in the target "${target}", got ${levels.length}: ${shown}` +
        (levels.length > 2 ? '; without data.positive, all of them are told apart' : ''),
    );
  }
  const [negative] = levels.filter((level) => level !== positive);
  return Labels.from(present, [negative, positive]);
}
