import { ChurnError } from '@churn/core';
import { columnNames, type DatasetSchema, toDataset } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import { fileFormat } from '../input.js';

/**
 * Checks a data file against the columns that a configuration declares. The target may be missing, as it is in rows to be scored; where it
 * is there, it is checked.
 *
 * @returns that all is well, to show a user.
 * @throws `invalid-data` with all violations; `invalid-parameter` where the configuration declares no columns; what reading throws.
 */
export async function validate({
  file,
  delimiter,
  columns,
  target,
  missingValues,
}: DataConfig): Promise<string> {
  if (!columns) {
    throw new ChurnError(
      'invalid-parameter',
      'data.columns: expected the columns to check a file against, got none',
    );
  }
  const read = await fileFormat(file).read(file, { delimiter, schema: columns });
  const names = columnNames(read.header);
  const schema: DatasetSchema = columns.filter(({ name }) => name !== target || names.includes(name));
  const { nRows } = toDataset(read, schema, { missingValues }).table;
  const unlabelled = names.includes(target) ? '' : ` (without the target "${target}")`;
  return `${file}: ${nRows} rows and ${schema.length} columns are as declared${unlabelled}`;
}
