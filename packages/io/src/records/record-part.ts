import type { CsvPart } from '../csv/read-csv-batches.js';

/** Some records before they are read, and what is to be written of them: plain data, which another thread can be sent. */
export interface RecordPart extends CsvPart {
  readonly format: 'csv';
  /** The columns added, where the header is to be written too. */
  readonly added: readonly string[] | undefined;
  readonly escapeFormulas: boolean;
}
