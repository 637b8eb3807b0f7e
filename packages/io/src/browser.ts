// What needs no file system: the entry of this package in browsers and in workers.
export { assertDataset, type CheckDatasetOptions, checkDataset } from './check-dataset.js';
export { type CsvRecords, columnNames } from './csv-records.js';
export { type DatasetColumn, type DatasetSchema, schemaKinds } from './dataset-schema.js';
export { decodeUtf8 } from './decode-utf8.js';
export { detectDelimiter } from './detect-delimiter.js';
export { csvRecordFormatter, type FormatCsvOptions, formatCsv, isFormula } from './format-csv.js';
export { type ParseCsvOptions, parseCsv } from './parse-csv.js';
export { parseDatasetColumn, parseDatasetSchema } from './parse-dataset-schema.js';
export {
  type CsvBatch,
  type CsvBatchOptions,
  type RejectedRecord,
  readCsvBatches,
} from './read-csv-batches.js';
export { toDataset } from './to-dataset.js';
export {
  type Converted,
  convertRecords,
  DEFAULT_MISSING_VALUES,
  type ToTableOptions,
  toTable,
} from './to-table.js';
export {
  decodeLossless,
  hasInvalidBytes,
  INVALID_BYTES,
  showInvalidBytes,
  Utf8Decoder,
} from './utf8-decoder.js';
export type { Violation } from './violation.js';
