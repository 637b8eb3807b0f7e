import { Random, type Table } from '@churn/core';

/** Each row's statistics come from the rows of the other folds. */
const N_FOLDS = 5;

/** A table in which rows have more copies than this is one of few values, whose rows are alike by chance. */
const MOST_COPIES = 4;

/**
 * The fold of each of some rows of a table, drawn at random. Copies of a row are in one fold: a level that only they have would tell
 * each of them the label of the others. In a table without numbers rows are alike by nature, and each is drawn for itself.
 */
export function categoryFolds(x: Table, rows: Int32Array, seed: number): Int32Array {
  const numbers = copyNumbers(x, rows);
  const nDistinct = numbers.reduce((most, number) => Math.max(most, number + 1), 0);
  const areCopies = x.namesOf('numeric').length > 0 && nDistinct * MOST_COPIES >= rows.length;
  const places = new Random(seed, 'category folds').permutation(areCopies ? nDistinct : rows.length);
  return rows.map((_, i) => places[areCopies ? numbers[i] : i] % N_FOLDS);
}

/** A number for each row, the same for rows that are alike, from 0 in order of first appearance. */
function copyNumbers(x: Table, rows: Int32Array): Int32Array {
  const low = new Int32Array(rows.length);
  const high = new Int32Array(rows.length);
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  const add = (i: number, first: number, second: number) => {
    low[i] = Math.imul(low[i] ^ first, 0x01000193) ^ (low[i] >>> 15) ^ second;
    high[i] = Math.imul(high[i] ^ second, 0x85ebca6b) ^ (high[i] >>> 13) ^ first;
  };
  for (const [, column] of x.entries()) {
    for (let i = 0; i < rows.length; i++) {
      if (column.kind === 'category') {
        add(i, column.codes[rows[i]], 0x9e3779b9);
      } else {
        // So that 0 and -0 are one number.
        number[0] = column.values[rows[i]] + 0;
        add(i, words[0], words[1]);
      }
    }
  }
  const numberOf = new Map<number, number>();
  return rows.map((_, i) => {
    const key = (low[i] >>> 0) * 2 ** 21 + (high[i] & 0x1fffff);
    const known = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, known);
    return known;
  });
}
