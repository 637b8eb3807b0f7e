import { ChurnError } from './error.js';
import type { Labels } from './labels.js';
import type { Random } from './random.js';

/**
 * The fold of each row, 0 to `nFolds` - 1, such that the class shares in each fold are close to the overall ones.
 *
 * The counts per fold are those of scikit-learn's `StratifiedKFold`; without `random` the assignment of rows is the same, too.
 *
 * @param random shuffles the rows of each class first.
 * @throws `invalid-parameter` if `nFolds` is not an integer of at least 2.
 */
export function stratifiedFolds(y: Labels, nFolds: number, random?: Random): Int32Array {
  if (!Number.isInteger(nFolds) || nFolds < 2) {
    throw new ChurnError('invalid-parameter', `nFolds: expected an integer of at least 2, got ${nFolds}`);
  }
  const classOrder = [...new Set(y.codes)];
  const folds = new Int32Array(y.length);
  let dealt = 0;
  for (const code of classOrder) {
    const rows = rowsOf(y.codes, code);
    if (random) random.shuffle(rows);
    // Sorted by class, rows are dealt to the folds in turn; a class starts where the previous one stopped.
    const sizes = new Int32Array(nFolds);
    for (let i = 0; i < rows.length; i++) sizes[(dealt + i) % nFolds]++;
    dealt += rows.length;
    let next = 0;
    for (let fold = 0; fold < nFolds; fold++) {
      for (let i = 0; i < sizes[fold]; i++) folds[rows[next++]] = fold;
    }
  }
  return folds;
}

function rowsOf(codes: Int32Array, code: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) if (codes[row] === code) rows.push(row);
  return rows;
}
