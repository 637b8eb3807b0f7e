import { ChurnError } from './error.js';
import type { Labels } from './labels.js';
import type { Random } from './random.js';

/**
 * The fold of each row, 0 to `nFolds` - 1, such that every fold holds each class in nearly its overall share.
 *
 * Folds get the counts that scikit-learn's `StratifiedKFold` gives them; without `random` the rows too are dealt as
 * it deals them.
 *
 * @param random puts the rows of each class in a random order first.
 * @throws `invalid-parameter` where `nFolds` is not a whole number from 2.
 */
export function stratifiedFolds(y: Labels, nFolds: number, random?: Random): Int32Array {
  if (!Number.isInteger(nFolds) || nFolds < 2) {
    throw new ChurnError('invalid-parameter', `nFolds: expected a whole number from 2, got ${nFolds}`);
  }
  const classOrder = [...new Set(y.codes)];
  const folds = new Int32Array(y.length);
  let dealt = 0;
  for (const code of classOrder) {
    const rows = rowsOf(y.codes, code);
    if (random) random.shuffle(rows);
    // Sorted by class, rows are dealt to the folds in turn; a class starts where the one before it stopped.
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
