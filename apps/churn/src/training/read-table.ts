import { ChurnError, missingColumn, type Table } from '@churn/core';
import {
  type ColumnEvidence,
  columnNames,
  type DatasetColumn,
  type DatasetSchema,
  type FileRecords,
  inspectRecords,
  toDataset,
} from '@churn/io';
import type { DataConfig } from '../config/config.js';
import { readData } from '../input.js';
import { learnedColumns, type ReadColumn } from './learned-columns.js';
import { type TargetConfig, targetColumns } from './target-columns.js';

/** A data file as a table, and how each of its columns was read. */
export interface ReadTable {
  readonly records: FileRecords;
  /** All columns of the file. */
  readonly table: Table;
  /** In the order of the file. */
  readonly columns: readonly ReadColumn[];
  /** Whether the file has the target, which rows to be scored lack. */
  readonly hasTarget: boolean;
}

/** A further text is hardly one that stands for no value. */
const MOST_ODD_TEXTS = 50;

/**
 * Reads the file that a configuration describes, and checks it against what is declared of its columns. It is the one way from a file to
 * a table for all that learns from data or checks it.
 *
 * @param dates columns of dates that are declared nowhere else.
 * @throws `invalid-file` if it cannot be read; `invalid-data` with all that its columns should not hold.
 */
export async function readTable(config: DataConfig, dates: readonly string[] = []): Promise<ReadTable> {
  return tableOf(await readData(config, declaredSchema(config, dates)), config, dates);
}

/** The same of records that were read. */
export function tableOf(records: FileRecords, config: DataConfig, dates: readonly string[] = []): ReadTable {
  const { missingValues, timeZone, invalidValues, target } = config;
  const names = columnNames(records.header);
  const hasTarget = names.includes(target);
  const ofTarget = new Set(targetColumns(config).map(({ name }) => name));
  const declared = declaredSchema(config, dates).filter(
    ({ name }) => !ofTarget.has(name) || names.includes(name),
  );
  const options = { missingValues, timeZone };
  const evidence = inspectRecords(records, { ...options, schema: declared });
  const { table } = toDataset(records, readingSchema(evidence, declared, hasTarget), {
    ...options,
    invalidValues: invalidValues === 'refuse' ? 'error' : 'missing',
  });
  return {
    records,
    table,
    columns: learnedColumns(evidence.map(withFewOddTexts), table, config),
    hasTarget,
  };
}

/** What is odd about the source of records, for people. */
export function sourceNotes({ source, notes = [] }: Pick<FileRecords, 'source' | 'notes'>): string[] {
  return notes.map((note) => `${source}, ${note}`);
}

/** @throws `column-name` if the file lacks the target, or what else is told of it. */
export function requireTarget({ records }: ReadTable, config: DataConfig): void {
  const names = columnNames(records.header);
  const lacking = targetColumns(config).find(({ name }) => !names.includes(name));
  if (!lacking) return;
  const { message } = missingColumn(lacking.name, names);
  throw new ChurnError('column-name', `${records.source}: ${lacking.what} ${message}`);
}

/** What is declared of the columns, and what is known without: what the target holds, which columns hold dates, and how numbers are written. */
export function declaredSchema(
  { columns = [], numbers, ...data }: TargetConfig & Pick<DataConfig, 'columns' | 'numbers'>,
  dates: readonly string[],
): DatasetSchema {
  const ofTarget = targetColumns(data);
  const known: DatasetSchema = [
    ...ofTarget.map(({ name, kind }) => ({ name, kind })),
    ...dates
      .filter((name) => ofTarget.every((column) => column.name !== name))
      .map((name) => ({ name, kind: 'date' as const })),
  ];
  const declared = new Set(columns.map(({ name }) => name));
  return [...known.filter(({ name }) => !declared.has(name)), ...columns].map((column) =>
    column.kind === 'numeric' && numbers ? { ...numbers, ...column } : column,
  );
}

/** By what to read: what was found, and what is declared of columns that do not exist; invalid texts are left to the policy. */
function readingSchema(
  evidence: readonly ColumnEvidence[],
  declared: DatasetSchema,
  hasTarget: boolean,
): DatasetSchema {
  const found = new Map(evidence.map(({ column }) => [column.name, column]));
  const known = new Map(declared.map((column) => [column.name, column]));
  const all = [...declared, ...evidence.map(({ column }) => column).filter(({ name }) => !known.has(name))];
  const schema = all.map(({ name, ...column }) => ({
    ...column,
    ...found.get(name),
    name,
    missing: known.get(name)?.missing,
  }));
  // A level that nobody declared is no mistake in rows to be scored.
  return hasTarget ? schema : schema.map(withoutLevels);
}

function withoutLevels({ levels, ...column }: DatasetColumn): DatasetColumn {
  return column;
}

function withFewOddTexts(evidence: ColumnEvidence): ColumnEvidence {
  const { column, odd } = evidence;
  if (odd.length <= MOST_ODD_TEXTS) return evidence;
  const further = new Set(odd.slice(MOST_ODD_TEXTS).map(({ text }) => text));
  return {
    ...evidence,
    column: { ...column, missing: column.missing?.filter((text) => !further.has(text)) },
  };
}
