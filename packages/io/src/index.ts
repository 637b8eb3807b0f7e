export * from './browser.js';
export { csv } from './csv/csv.js';
export { openRecords } from './csv/open-records.js';
export { readCsv } from './csv/read-csv.js';
export { type CsvContent, writeCsv } from './csv/write-csv.js';
export { type AtomicWriter, atomicWriter } from './files/atomic-writer.js';
export { type Content, readContent } from './files/content.js';
export { fileError, inFile } from './files/file-error.js';
export { readBytes } from './files/read-bytes.js';
export { writeFileAtomic } from './files/write-file-atomic.js';
export { jsonLines } from './json/json-lines.js';
export { loadModel } from './load-model.js';
export {
  type RowBatch,
  type RowOptions,
  type RowSource,
  readRowPart,
  readRows,
} from './records/read-rows.js';
export { readTables, type TableBatch, type TableBatchOptions } from './records/read-tables.js';
export {
  formatOf,
  type OpenOptions,
  type ReadOptions,
  type RecordBatch,
  type RecordFormat,
  type RecordSource,
  type RejectedRow,
  type SourceOptions,
} from './records/record-format.js';
export type { RecordPart } from './records/record-part.js';
export { saveModel } from './save-model.js';
