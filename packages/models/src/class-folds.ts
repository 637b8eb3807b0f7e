import { ChurnError, type Labels, Random, stratifiedFolds } from '@churn/core';

/** The options of the folds. */
export interface Folds {
  readonly cv: number;
  readonly seed: number;
}

/**
 * The fold of each row, stratified by class and drawn at random.
 *
 * @param owner for whom they are drawn: others of the same seed get others.
 * @throws `invalid-target` if a class has rows, but fewer than folds.
 */
export function classFolds(labels: Labels, { cv, seed }: Folds, owner: string): Int32Array {
  labels.counts().forEach((count, code) => {
    if (count === 0 || count >= cv) return;
    throw new ChurnError(
      'invalid-target',
      `expected at least ${cv} rows of each class, one per fold, got ${count} of ${JSON.stringify(labels.classes[code])}`,
    );
  });
  return stratifiedFolds(labels, cv, new Random(seed).stream(owner));
}

/** The rows in a fold, and those outside it. */
export function partedBy(
  folds: Int32Array,
  fold: number,
): { readonly inside: Int32Array; readonly outside: Int32Array } {
  const rows = Int32Array.from(folds, (_, row) => row);
  return {
    inside: rows.filter((row) => folds[row] === fold),
    outside: rows.filter((row) => folds[row] !== fold),
  };
}
