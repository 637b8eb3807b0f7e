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
import { requireColumns } from './named-columns.js';
import { type TargetConfig, targetColumns } from './target-columns.js';

/** A data file as a table, with how each column was read. */
export interface ReadTable {
  readonly records: FileRecords;
  /** All columns of the file. */
  readonly table: Table;
  /** In the order of the file. */
  readonly columns: readonly ReadColumn[];
  /** Whether the file has the target, which rows to score lack. */
  readonly hasTarget: boolean;
}

/** The maximum number of distinct texts that may stand for missing values. */
const MAX_ODD_TEXTS = 50;

/**
 * Reads the file of a configuration, and checks it against the declared columns. All training and validation reads files through it.
 *
 * @param dates date columns that are not declared elsewhere.
 * @throws `invalid-file` if it cannot be read; `column-name` if a date column does not exist; `invalid-data` with all invalid values.
 */
export async function readTable(config: DataConfig, dates: readonly string[] = []): Promise<ReadTable> {
  return tableOf(await readData(config, declaredSchema(config, dates)), config, dates);
}

/** The same for records. */
export function tableOf(records: FileRecords, config: DataConfig, dates: readonly string[] = []): ReadTable {
  const { missingValues, timeZone, invalidValues, target } = config;
  const names = columnNames(records.header);
  // A declared column that is missing is among the violations of the schema.
  const undeclared = dates.filter((date) => !config.columns?.some(({ name }) => name === date));
  requireColumns(names, undeclared, { setting: 'processing.dates.columns', file: records.source });
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

/** Notes about the source of records. */
export function sourceNotes({ source, notes = [] }: Pick<FileRecords, 'source' | 'notes'>): string[] {
  return notes.map((note) => `${source}, ${note}`);
}

/** @throws `column-name` if the file lacks the target or a related column. */
export function requireTarget({ records }: ReadTable, config: DataConfig): void {
  const names = columnNames(records.header);
  const ofTarget = targetColumns(config);
  const lacking = ofTarget.find(({ name }) => !names.includes(name));
  if (!lacking) return;
  const required = [...ofTarget, ...(config.columns ?? [])].map(({ name }) => name);
  const { message } = missingColumn(lacking.name, names, required);
  throw new ChurnError('column-name', `${records.source}: ${lacking.what} ${message}`);
}

/** The declared columns, completed with known properties: the kind of the target, date columns and number formats. */
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

/** The schema for reading: the detected columns, and declared ones that do not exist; invalid texts are handled by the policy. */
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
  // Undeclared levels are not errors in rows to score.
  return hasTarget ? schema : schema.map(withoutLevels);
}

function withoutLevels({ levels, ...column }: DatasetColumn): DatasetColumn {
  return column;
}

function withFewOddTexts(evidence: ColumnEvidence): ColumnEvidence {
  const { column, odd } = evidence;
  if (odd.length <= MAX_ODD_TEXTS) return evidence;
  const further = new Set(odd.slice(MAX_ODD_TEXTS).map(({ text }) => text));
  return {
    ...evidence,
    column: { ...column, missing: column.missing?.filter((text) => !further.has(text)) },
  };
}
