export { parquet } from './parquet.js';
export { openParquetOutput } from './parquet-output.js';
export {
  type ParquetContent,
  ParquetReader,
  type ParquetReaderOptions,
  type ParquetRows,
} from './parquet-reader.js';
