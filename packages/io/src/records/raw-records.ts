import type { DatasetColumn } from '../dataset/dataset-schema.js';
import { type Tally, tallyOf } from '../typing/tally.js';
import type { ValueOptions } from './cell-reader.js';
import { type ReadColumn, readColumn } from './read-column.js';
import type { Records } from './records.js';

/** The values of a column before they are interpreted. */
export interface RawColumn {
  /** The values; created lazily if the reader does not keep them. */
  readonly values: Iterable<unknown>;
  readonly tally: Tally;
  /** Reads the column as `readColumn` does. */
  read(column: Omit<DatasetColumn, 'name'>, options?: ValueOptions): ReadColumn;
}

/** Records by column. */
export interface RawRecords extends Pick<Records, 'source' | 'header' | 'lines' | 'delimiter'> {
  readonly nRows: number;
  column(position: number): RawColumn;
}

/** Records in memory, by column. */
export function rawRecords({ source, header, lines, delimiter, records }: Records): RawRecords {
  const columns = new Map<number, RawColumn>();
  return {
    source,
    header,
    lines,
    ...(delimiter !== undefined && { delimiter }),
    nRows: records.length,
    column(position) {
      const known = columns.get(position);
      if (known) return known;
      const column = rawColumn(records.map((record) => record[position]));
      columns.set(position, column);
      return column;
    },
  };
}

/** A column of values in memory. */
export function rawColumn(values: readonly unknown[]): RawColumn {
  let tally: Tally | undefined;
  return {
    values,
    get tally() {
      tally ??= tallyOf(values);
      return tally;
    },
    read: (column, options) => readColumn(values, column, options),
  };
}
