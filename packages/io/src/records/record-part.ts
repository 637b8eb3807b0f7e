import type { CsvPart } from '../csv/read-csv-batches.js';

/** Some records before they are read, and what is to be written of them: plain data, which another thread can be sent. */
export type RecordPart = CsvRecordPart;

/** Records of CSV. */
export interface CsvRecordPart extends CsvPart {
  readonly format: 'csv';
  /** The columns that are read. */
  readonly columns: readonly string[];
  /** The columns added, where the header is to be written too. */
  readonly added: readonly string[] | undefined;
  readonly escapeFormulas: boolean;
}
