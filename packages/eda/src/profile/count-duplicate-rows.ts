import { powerOfTwo, type Table } from '@churn/core';

/**
 * How many rows repeat an earlier one in all columns, as `duplicated().sum()` of pandas. A missing value equals a missing
 * value, and 0 equals -0. A table without columns has none.
 *
 * Rows are put into a hash table by the hash of their values and compared value by value where hashes agree.
 */
export function countDuplicateRows(table: Table): number {
  const numbers: Float64Array[] = [];
  const categories: Int32Array[] = [];
  for (const [, column] of table.entries()) {
    if (column.kind === 'numeric') numbers.push(column.values);
    else categories.push(column.codes);
  }
  if (numbers.length + categories.length === 0) return 0;
  const n = table.nRows;
  const hashes = new Int32Array(n);
  for (const values of numbers) addNumbers(hashes, values);
  for (const codes of categories) addCodes(hashes, codes);
  const capacity = powerOfTwo(32 - Math.clz32(2 * n));
  const slots = new Int32Array(capacity).fill(-1);
  let repeats = 0;
  for (let row = 0; row < n; row++) {
    const hash = hashes[row];
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & (capacity - 1);
    let other = slots[slot];
    while (other >= 0 && !(hashes[other] === hash && isSameRow(numbers, categories, other, row))) {
      slot = (slot + 1) & (capacity - 1);
      other = slots[slot];
    }
    if (other >= 0) repeats++;
    else slots[slot] = row;
  }
  return repeats;
}

function addCodes(hashes: Int32Array, codes: Int32Array): void {
  for (let row = 0; row < hashes.length; row++) hashes[row] = mixed(hashes[row], codes[row]);
}

function addNumbers(hashes: Int32Array, values: Float64Array): void {
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  for (let row = 0; row < hashes.length; row++) {
    // Adding 0 makes 0 of -0.
    const value = values[row] + 0;
    // A missing value has many bit patterns.
    bits[0] = Number.isNaN(value) ? 0.1 : value;
    hashes[row] = mixed(mixed(hashes[row], words[0]), words[1]);
  }
}

function isSameRow(
  numbers: readonly Float64Array[],
  categories: readonly Int32Array[],
  a: number,
  b: number,
): boolean {
  for (let j = 0; j < numbers.length; j++) {
    const x = numbers[j][a];
    const y = numbers[j][b];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false;
  }
  for (let j = 0; j < categories.length; j++) {
    if (categories[j][a] !== categories[j][b]) return false;
  }
  return true;
}

/** FNV-1a's step on a whole word, with the high bits brought down. */
function mixed(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, 0x9e3779b1);
  return h ^ (h >>> 15);
}
