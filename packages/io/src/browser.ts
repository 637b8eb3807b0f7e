// The entry for browsers and workers: everything that needs no file system.
export { detectDelimiter } from './csv/detect-delimiter.js';
export { csvRecordFormatter, type FormatCsvOptions, formatCsv, isFormula } from './csv/format-csv.js';
export { type ParseCsvOptions, parseCsv } from './csv/parse-csv.js';
export {
  type CsvBatch,
  type CsvBatchOptions,
  type RejectedRecord,
  readCsvBatches,
} from './csv/read-csv-batches.js';
export { assertDataset, type CheckDatasetOptions, checkDataset } from './dataset/check-dataset.js';
export { type ColumnRule, levelRules, numberRules } from './dataset/column-rules.js';
export { type DatasetColumn, type DatasetSchema, schemaKinds } from './dataset/dataset-schema.js';
export { parseDatasetColumn, parseDatasetSchema } from './dataset/parse-dataset-schema.js';
export { type ReadDataset, toDataset } from './dataset/to-dataset.js';
export { firstRepeatedMember, listedTexts } from './json/json-members.js';
export { type JsonRow, readJsonRow } from './json/json-row.js';
export { objectRecords } from './json/object-records.js';
export {
  type CellReader,
  cellReader,
  isInvalidValue,
  type ValueFault,
  type ValueOptions,
} from './records/cell-reader.js';
export { type ConvertedRecords, type ConvertOptions, convertRecords } from './records/convert-records.js';
export { type InvalidCell, type InvalidValue, invalidValueDetail } from './records/invalid-value.js';
export type { InvalidValuesOptions } from './records/invalid-value-policy.js';
export type { DatasetKind } from './records/kind.js';
export { readTables, type TableBatch, type TableBatchOptions } from './records/read-tables.js';
export {
  type CsvRecords,
  columnNames,
  type FileRecords,
  type Records,
  takeRecords,
} from './records/records.js';
export { type ToTableOptions, toTable } from './records/to-table.js';
export type { Violation } from './records/violation.js';
export { canonicalText } from './text/canonical-text.js';
export { decodeUtf8 } from './text/decode-utf8.js';
export { clipped, quoted, quotedList } from './text/quoted.js';
export {
  decodeLossless,
  hasInvalidBytes,
  INVALID_BYTES,
  showInvalidBytes,
  Utf8Decoder,
} from './text/utf8-decoder.js';
export type { ColumnEvidence, FoundText } from './typing/column-evidence.js';
export { type InspectOptions, inspectRecords } from './typing/inspect-records.js';
