import { Random, type Table } from '@churn/core';

/** The number of folds: each row's statistics are computed from the rows of the other folds. */
const N_FOLDS = 5;

/** The maximum mean number of copies of a row; tables with more have few distinct values, so rows are equal by chance. */
const MAX_COPIES = 4;

/**
 * A number for each of some rows of a table, the same for copies of a row, counting from 0 in order of first appearance. In a table of few
 * distinct values, or without numbers, rows are equal by chance, and each has its own number.
 */
export function copyNumbers(x: Table, rows: Int32Array): Int32Array {
  const numbers = numbersOfValues(x, rows);
  const areCopies = x.namesOf('numeric').length > 0 && count(numbers) * MAX_COPIES >= rows.length;
  return areCopies ? numbers : rows.map((_, i) => i);
}

/** The indices of the first copy of each row. */
export function firstCopies(numbers: Int32Array): Int32Array {
  let next = 0;
  return Int32Array.from(numbers.keys()).filter((i) => {
    const isFirst = numbers[i] === next;
    if (isFirst) next++;
    return isFirst;
  });
}

/**
 * The fold of each row, drawn at random. Copies of a row are in the same fold, since a level that only they have would otherwise reveal
 * their labels to each other.
 *
 * @param numbers the rows, as returned by `copyNumbers`.
 */
export function categoryFolds(numbers: Int32Array, seed: number): Int32Array {
  const places = new Random(seed, 'category folds').permutation(count(numbers));
  return numbers.map((number) => places[number] % N_FOLDS);
}

function count(numbers: Int32Array): number {
  return numbers.reduce((most, number) => Math.max(most, number + 1), 0);
}

/** A number for each row, the same for equal rows, counting from 0 in order of first appearance. */
function numbersOfValues(x: Table, rows: Int32Array): Int32Array {
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
        // So that 0 and -0 are equal.
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
