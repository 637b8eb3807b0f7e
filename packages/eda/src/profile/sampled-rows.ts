import { Random } from '@churn/core';

/** `size` of the rows 0 to n - 1 at random without repetition, in ascending order (Fan, Muller and Rezucha, 1962). */
export function sampledRows(n: number, size: number, seed: number): Int32Array {
  const random = new Random(seed, 'profile');
  const rows = new Int32Array(size);
  let taken = 0;
  for (let row = 0; taken < size; row++) {
    if (random.uniform() * (n - row) < size - taken) rows[taken++] = row;
  }
  return rows;
}
