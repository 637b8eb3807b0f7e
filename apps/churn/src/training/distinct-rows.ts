import { cellAt, type Table } from '@churn/core';
import { dropDuplicateRows } from '@churn/transforms';
import type { DataConfig } from '../config/config.js';

/** Which rows are learned from, where some repeat earlier ones. */
export interface DistinctRows {
  /** The rows that are kept, in their order. */
  readonly rows: Int32Array;
  /** How many were left out. */
  readonly duplicates: number;
  /** How many of those that are kept equal an earlier one in every column. */
  readonly equal: number;
}

/**
 * Leaves out what a configuration calls a duplicate: rows that repeat the key of an earlier one, where `uniqueBy` names the columns of a
 * key, and rows that equal an earlier one in every column, where `duplicates` is `drop`. Equal rows are else real rows, and a row without
 * a value in any column of the key has no key.
 *
 * @throws `column-name` if the table lacks a column of the key.
 */
export function distinctRows(
  table: Table,
  { uniqueBy, duplicates }: Pick<DataConfig, 'uniqueBy' | 'duplicates'>,
): DistinctRows {
  const all = Int32Array.from({ length: table.nRows }, (_, row) => row);
  const kept = uniqueBy ? firstOfKey(table, uniqueBy) : all;
  const { rows } = dropDuplicateRows(kept.length < table.nRows ? table.take(kept) : table);
  const isDropped = duplicates === 'drop';
  const chosen = isDropped ? rows.map((row) => kept[row]) : kept;
  return {
    rows: chosen,
    duplicates: table.nRows - chosen.length,
    equal: isDropped ? 0 : kept.length - rows.length,
  };
}

function firstOfKey(table: Table, names: readonly string[]): Int32Array {
  const key = table.select(names);
  const columns = names.map((name) => key.column(name));
  const all = Int32Array.from({ length: table.nRows }, (_, row) => row);
  const keyed = all.filter((row) => columns.every((column) => cellAt(column, row) !== null));
  const repeats = new Uint8Array(table.nRows);
  for (const row of keyed) repeats[row] = 1;
  for (const i of dropDuplicateRows(key.take(keyed)).rows) repeats[keyed[i]] = 0;
  return all.filter((row) => repeats[row] === 0);
}
