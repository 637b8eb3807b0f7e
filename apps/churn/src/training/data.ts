import { ChurnError, type Labels, type Table, type Target } from '@churn/core';
import type { Leak } from '@churn/eda';
import { type DatasetSchema, type FileRecords, type Records, takeRecords } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { Task } from '../task/task.js';
import { contentHash } from './content-hash.js';
import { distinctRows } from './distinct-rows.js';
import { columnWarnings, learnedNames, type ReadColumn } from './learned-columns.js';
import { type ReadTable, readTable, requireTarget, sourceNotes } from './read-table.js';

/** Rows with their target, ready to be split and learned from. */
export interface Dataset<T extends Target = Labels> {
  /** The rows as the file has them, those left out not among them. */
  readonly records: FileRecords;
  /** The columns to learn from. */
  readonly features: Table;
  /** How the columns to learn from are written, and what is declared of them. */
  readonly schema: DatasetSchema;
  /** The target; of two classes, the second is the positive one. */
  readonly y: T;
  /** All columns of the file, as they were read. */
  readonly columns: readonly ReadColumn[];
  /** How many rows were left out as duplicates. */
  readonly duplicates: number;
  /** How many of the rows equal an earlier one in every column. */
  readonly equalRows: number;
  /** How many rows were left out for want of a label. */
  readonly unlabelled: number;
  /** Columns that may be known only after the event. */
  readonly leaks: readonly Leak[];
  /** What a user should look at, leaks among them. */
  readonly warnings: readonly string[];
  /** Of what is learned from, in whatever format it was read. */
  readonly contentSha256: string;
  /** What is known of all rows of the file, where these are some of them. */
  readonly whole?: WholeFile;
}

/** The rows of a file that is not in memory as a whole. */
export interface WholeFile {
  /** How many have a label. */
  readonly rows: number;
  readonly unlabelled: number;
  readonly classes: readonly { readonly label: string; readonly rows: number }[];
}

/**
 * Reads and checks the training data that a configuration describes.
 *
 * @param task says what is predicted, which `config` says too.
 * @param dates the columns that hold dates, besides those declared as such.
 * @throws `invalid-file` where the file cannot be read; `invalid-data` with all that its columns should not hold;
 *   `column-name` or `invalid-target` where the target is missing or cannot be learned from.
 */
export async function loadDataset<T extends Target>(
  task: Task<T>,
  config: DataConfig,
  dates: readonly string[] = [],
): Promise<Dataset<T>> {
  return toLearnFrom(task, await readTable(config, dates), config);
}

/** What there is to learn from a table that was read. */
export function toLearnFrom<T extends Target>(
  task: Task<T>,
  read: ReadTable,
  config: DataConfig,
): Dataset<T> {
  requireTarget(read, config);
  const { table, records, columns } = read;
  const target = task.readTarget(read, config);
  const unlabelled = table.nRows - target.rows.length;
  const distinct = distinctRows(unlabelled > 0 ? table.take(target.rows) : table, config);
  const rows = distinct.rows.map((row) => target.rows[row]);
  const y = target.y.take(distinct.rows) as T;
  const features = table.select(learnedNames(columns, config.columns)).take(rows);
  refuseNoFeature(features, records.source);
  const leaks = task.findLeaks(features, y, config.target);
  const known = new Map(columns.map(({ column }) => [column.name, column]));
  return {
    records: takeRecords(records, rows),
    features,
    schema: features.names.flatMap((name) => known.get(name) ?? []),
    y,
    columns,
    duplicates: distinct.duplicates,
    equalRows: distinct.equal,
    unlabelled,
    leaks,
    warnings: [
      ...sourceNotes(records),
      ...columnWarnings(columns),
      ...target.warnings,
      ...leaks.map(({ message }) => message),
      ...equalRowsWarning(distinct.equal, rows.length),
    ],
    contentSha256: contentHash(features, y),
  };
}

/** The share of all rows above which those that equal others are warned of: some repeat by chance. */
const MANY_EQUAL = 0.01;

function equalRowsWarning(equal: number, rows: number): string[] {
  if (equal <= MANY_EQUAL * rows) return [];
  return [
    `${equal} of ${rows} rows equal an earlier one and are kept; if they are copies, some test rows are among those learned from: ` +
      'set data.duplicates: drop, or data.uniqueBy',
  ];
}

function refuseNoFeature({ names }: Table, source: string): void {
  if (names.length > 0) return;
  throw new ChurnError(
    'invalid-data',
    `${source}: no column to learn from: all are the target, IDs, of one value, dropped or not declared`,
  );
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
