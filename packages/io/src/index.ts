export { type AtomicWriter, atomicWriter } from './atomic-writer.js';
export { assertDataset, type CheckDatasetOptions, checkDataset } from './check-dataset.js';
export {
  type ConvertedRecords,
  convertRecords,
  DEFAULT_MISSING_VALUES,
  type ToTableOptions,
} from './convert-records.js';
export { csv } from './csv.js';
export { type DatasetColumn, type DatasetKind, type DatasetSchema, schemaKinds } from './dataset-schema.js';
export { decodeUtf8 } from './decode-utf8.js';
export { detectDelimiter } from './detect-delimiter.js';
export { fileError } from './file-error.js';
export { csvRecordFormatter, type FormatCsvOptions, formatCsv, isFormula } from './format-csv.js';
export { jsonLines } from './json/json-lines.js';
export { countColons, firstRepeatedMember } from './json/json-members.js';
export { objectRecords } from './json/object-records.js';
export { loadModel } from './load-model.js';
export { type Misfit, misfitDetail, type RowMisfit } from './misfit.js';
export { type ParseCsvOptions, parseCsv } from './parse-csv.js';
export { parseDatasetColumn, parseDatasetSchema } from './parse-dataset-schema.js';
export { quoted } from './quoted.js';
export { readBytes } from './read-bytes.js';
export { readCsv, readCsvRecords } from './read-csv.js';
export {
  type CsvBatch,
  type CsvBatchOptions,
  type RejectedRecord,
  readCsvBatches,
} from './read-csv-batches.js';
export {
  formatOf,
  type OpenOptions,
  type ReadOptions,
  type RecordBatch,
  type RecordFormat,
  type RecordSource,
  type RejectedRow,
} from './record-format.js';
export {
  type CsvRecords,
  columnNames,
  type FileRecords,
  type Records,
  takeRecords,
} from './records.js';
export { type RowBatch, type RowOptions, type RowSource, readRows } from './row-source.js';
export { saveModel } from './save-model.js';
export { toDataset } from './to-dataset.js';
export { toTable } from './to-table.js';
export { valueMisfit } from './typed-column.js';
export {
  decodeLossless,
  hasInvalidBytes,
  INVALID_BYTES,
  showInvalidBytes,
  Utf8Decoder,
} from './utf8-decoder.js';
export type { Violation } from './violation.js';
export { type CsvContent, writeCsv } from './write-csv.js';
export { writeFileAtomic } from './write-file-atomic.js';
