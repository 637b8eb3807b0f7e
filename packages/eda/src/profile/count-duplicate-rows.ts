import type { Column, Table } from '@churn/core';

/**
 * How many rows repeat an earlier one in all columns, as `duplicated().sum()` of pandas. A missing value equals a missing
 * value, and 0 equals -0. A table without columns has none.
 *
 * Rows are put into a hash table by the hash of their values and compared value by value where hashes agree.
 */
export function countDuplicateRows(table: Table): number {
  const columns = Array.from(table.entries(), ([, column]) => column);
  if (columns.length === 0) return 0;
  const n = table.nRows;
  const hashes = new Int32Array(n);
  for (const column of columns) addTo(hashes, column);
  const capacity = 2 ** Math.ceil(Math.log2(2 * n + 1));
  const slots = new Int32Array(capacity).fill(-1);
  let repeats = 0;
  for (let row = 0; row < n; row++) {
    const hash = hashes[row];
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & (capacity - 1);
    while (slots[slot] >= 0 && !(hashes[slots[slot]] === hash && isSameRow(columns, slots[slot], row))) {
      slot = (slot + 1) & (capacity - 1);
    }
    if (slots[slot] >= 0) repeats++;
    else slots[slot] = row;
  }
  return repeats;
}

function addTo(hashes: Int32Array, column: Column): void {
  if (column.kind === 'category') {
    for (let row = 0; row < hashes.length; row++) hashes[row] = mixed(hashes[row], column.codes[row]);
    return;
  }
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  for (let row = 0; row < hashes.length; row++) {
    const value = column.values[row] + 0;
    // A missing value has many bit patterns.
    bits[0] = !Number.isNaN(value) ? value : 0.1;
    hashes[row] = mixed(mixed(hashes[row], words[0]), words[1]);
  }
}

function isSameRow(columns: readonly Column[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (column.kind === 'category') return column.codes[a] === column.codes[b];
    const [x, y] = [column.values[a], column.values[b]];
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  });
}

/** FNV-1a's step on a whole word, with the high bits brought down. */
function mixed(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, 0x9e3779b1);
  return h ^ (h >>> 15);
}
