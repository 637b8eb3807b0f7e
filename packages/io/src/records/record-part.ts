import type { TableSchema } from '@churn/core';
import type { CsvPart } from '../csv/read-csv-batches.js';
import type { WholeLines } from '../json/read-lines.js';
import type { DatasetKind } from './kind.js';

/** Some records before they are read, and what is to be written of them: plain data, which another thread can be sent. */
export type RecordPart = CsvRecordPart | JsonLinesPart;

/** Records of CSV. */
export interface CsvRecordPart extends CsvPart {
  readonly format: 'csv';
  /** The columns that are read. */
  readonly columns: readonly string[];
  /** The columns added, where the header is to be written too. */
  readonly added: readonly string[] | undefined;
  readonly escapeFormulas: boolean;
}

/** Records of JSON lines. */
export interface JsonLinesPart extends WholeLines {
  readonly format: 'jsonl';
  /** As messages call the input. */
  readonly source: string;
  /** Of the columns that are read. */
  readonly kinds: ReadonlyMap<string, DatasetKind>;
  /** The columns added. */
  readonly added: TableSchema;
}
