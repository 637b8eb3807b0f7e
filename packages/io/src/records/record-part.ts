import type { TableSchema } from '@churn/core';
import type { CsvPart } from '../csv/read-csv-batches.js';
import type { WholeLines } from '../json/read-lines.js';
import type { DatasetKind } from './kind.js';

/** Unread records, and what is needed to write them: plain data, which can be sent to another thread. */
export type RecordPart = CsvRecordPart | JsonLinesPart;

/** Unread CSV records. */
export interface CsvRecordPart extends CsvPart {
  readonly format: 'csv';
  /** The columns to read. */
  readonly columns: readonly string[];
  /** The added columns, if the header is to be written too. */
  readonly added: readonly string[] | undefined;
  readonly escapeFormulas: boolean;
}

/** Unread JSON lines. */
export interface JsonLinesPart extends WholeLines {
  readonly format: 'jsonl';
  /** The name of the input in messages. */
  readonly source: string;
  /** The kinds of the columns to read. */
  readonly kinds: ReadonlyMap<string, DatasetKind>;
  /** The added columns. */
  readonly added: TableSchema;
}
