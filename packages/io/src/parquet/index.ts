export { parquet } from './parquet.js';
export {
  type ParquetContent,
  ParquetReader,
  type ParquetReaderOptions,
  type ParquetRows,
} from './parquet-reader.js';
