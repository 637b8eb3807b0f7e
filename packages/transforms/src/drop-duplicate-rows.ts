import { type CategoryColumn, type Column, powerOfTwo, readOptions, type Table } from '@churn/core';
import { type ColumnsOption, columnNames } from './chosen-columns.js';

/**
 * The table without duplicate rows, and the indices of the rows kept, to take their labels as well.
 *
 * Rows are compared value by value. Missing values are equal, and 0 equals -0. Without columns to compare, no row is a duplicate.
 *
 * ```ts
 * const { table, rows } = dropDuplicateRows(raw);
 * const y = labels.take(rows);
 * ```
 *
 * @param options.columns the columns to compare; default all.
 * @returns the rows in order, and their indices in the given table.
 * @throws `column-name` if a column is missing; `invalid-parameter` if `columns` is not a list of distinct names, or for an unknown
 * option.
 */
export function dropDuplicateRows(
  table: Table,
  options: ColumnsOption = {},
): { table: Table; rows: Int32Array } {
  const { columns: names = table.names } = readOptions({ columns: columnNames() }, options);
  const keys = names.map((name) => keyOf(table.column(name)));
  const rows = keys.length > 0 ? firstOccurrences(keys, table.nRows) : allRows(table.nRows);
  return { table: rows.length === table.nRows ? table : table.take(rows), rows };
}

/** How the values of one column are compared. */
interface Key {
  /** Mixes the values into the hash of each row. */
  addTo(hashes: Int32Array): void;
  equal(a: number, b: number): boolean;
}

/** A hash table with open addressing: hashes say where to look, values decide. */
function firstOccurrences(keys: readonly Key[], nRows: number): Int32Array {
  const hashes = new Int32Array(nRows);
  for (const key of keys) key.addTo(hashes);
  const isSame = (a: number, b: number) => keys.every((key) => key.equal(a, b));

  const capacity = powerOfTwo(32 - Math.clz32(2 * nRows));
  const slots = new Int32Array(capacity).fill(-1);
  const kept = new Int32Array(nRows);
  let nKept = 0;
  for (let row = 0; row < nRows; row++) {
    const hash = hashes[row];
    let slot = finished(hash) & (capacity - 1);
    while (slots[slot] >= 0 && !(hashes[slots[slot]] === hash && isSame(slots[slot], row))) {
      slot = (slot + 1) & (capacity - 1);
    }
    if (slots[slot] >= 0) continue;
    slots[slot] = row;
    kept[nKept++] = row;
  }
  return kept.slice(0, nKept);
}

function keyOf(column: Column): Key {
  return column.kind === 'numeric' ? numericKey(column.values) : categoryKey(column);
}

function numericKey(values: Float64Array): Key {
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  return {
    addTo(hashes) {
      for (let row = 0; row < hashes.length; row++) {
        if (Number.isNaN(values[row])) {
          // A missing value has many bit patterns.
          hashes[row] = mixed(hashes[row], MISSING);
        } else {
          // Adding 0 turns -0 to 0.
          number[0] = values[row] + 0;
          hashes[row] = mixed(mixed(hashes[row], words[0]), words[1]);
        }
      }
    },
    equal: (a, b) => values[a] === values[b] || (Number.isNaN(values[a]) && Number.isNaN(values[b])),
  };
}

function categoryKey({ codes }: CategoryColumn): Key {
  return {
    addTo(hashes) {
      for (let row = 0; row < hashes.length; row++) hashes[row] = mixed(hashes[row], codes[row]);
    },
    equal: (a, b) => codes[a] === codes[b],
  };
}

/** The hash of a missing number. */
const MISSING = -1;

/** One step of MurmurHash3 (A. Appleby), 32 bits. */
function mixed(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The finaliser of MurmurHash3, after which the low bits depend on all. */
function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function allRows(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row);
}
