import { cellAt, type Table } from '@churn/core';
import { dropDuplicateRows } from '@churn/transforms';
import type { DataConfig } from '../config/config.js';
import { namedColumns } from './named-columns.js';

/** The rows left after removing duplicates. */
export interface DistinctRows {
  /** The indices of kept rows, in order. */
  readonly rows: Int32Array;
  /** The number of dropped rows. */
  readonly duplicates: number;
  /** The number of kept rows equal to an earlier one in every column. */
  readonly equal: number;
}

/**
 * Drops duplicates as configured: rows with the key of an earlier row, if `uniqueBy` names key columns, and rows equal to an earlier one in
 * every column, if `duplicates` is `drop`. Rows with missing values in all key columns have no key and are kept.
 *
 * @param file the name of the file, for messages.
 * @throws `column-name` if a key column is missing.
 */
export function distinctRows(
  table: Table,
  { uniqueBy, duplicates }: Pick<DataConfig, 'uniqueBy' | 'duplicates'>,
  file: string,
): DistinctRows {
  const all = Int32Array.from({ length: table.nRows }, (_, row) => row);
  const kept = uniqueBy ? firstOfKey(namedColumns(table, uniqueBy, { setting: 'data.uniqueBy', file })) : all;
  const { rows } = dropDuplicateRows(kept.length < table.nRows ? table.take(kept) : table);
  const isDropped = duplicates === 'drop';
  const chosen = isDropped ? rows.map((row) => kept[row]) : kept;
  return {
    rows: chosen,
    duplicates: table.nRows - chosen.length,
    equal: isDropped ? 0 : kept.length - rows.length,
  };
}

/** The rows that do not have the key of an earlier one. @param key the key columns. */
function firstOfKey(key: Table): Int32Array {
  const columns = key.names.map((name) => key.column(name));
  const all = Int32Array.from({ length: key.nRows }, (_, row) => row);
  const keyed = all.filter((row) => columns.every((column) => cellAt(column, row) !== null));
  const repeats = new Uint8Array(key.nRows);
  for (const row of keyed) repeats[row] = 1;
  for (const i of dropDuplicateRows(key.take(keyed)).rows) repeats[keyed[i]] = 0;
  return all.filter((row) => repeats[row] === 0);
}
