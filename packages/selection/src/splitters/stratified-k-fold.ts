import {
  type Labels,
  Random,
  readOptions,
  requireParameter,
  stratifiedFolds,
  type TargetLike,
} from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { type KFoldOptions, kFoldParameters } from './k-fold.js';
import { type ReseedableSplitter, rowLabels, splitsOfFolds } from './splitter.js';

/**
 * Folds in which each class has nearly its overall share, of which each is the test once. Unshuffled ones hold the same rows
 * as scikit-learn's.
 */
export class StratifiedKFold implements ReseedableSplitter {
  static readonly parameters = kFoldParameters;
  readonly nSplits: number;
  readonly shuffle: boolean;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: KFoldOptions) {
    const { nSplits, shuffle, seed } = readOptions(kFoldParameters, options);
    this.nSplits = nSplits;
    this.shuffle = shuffle;
    this.seed = seed;
  }

  withSeed(seed: number): StratifiedKFold {
    return new StratifiedKFold({ nSplits: this.nSplits, shuffle: true, seed });
  }

  /**
   * @throws `invalid-parameter` where a class has fewer rows than there are folds, so that a fold would be without it;
   *   `invalid-data` where `y` is not given, or of another number.
   */
  split(x: { readonly nRows: number }, y?: TargetLike): TrainTestSplit[] {
    const labels = rowLabels('y', y, x);
    requireRowsForFolds(labels, this.nSplits);
    const random = this.shuffle ? new Random(this.seed).stream('StratifiedKFold') : undefined;
    return splitsOfFolds(stratifiedFolds(labels, this.nSplits, random), this.nSplits);
  }
}

/** @throws `invalid-parameter` where a class has rows, but fewer than there are folds; and where there are no rows. */
export function requireRowsForFolds(labels: Labels, nSplits: number): void {
  requireParameter(labels.length > 0, 'nSplits', 'at most the 0 rows', nSplits);
  labels.counts().forEach((count, code) => {
    const expected = `at most the ${count} rows of class ${JSON.stringify(labels.classes[code])}`;
    requireParameter(count === 0 || count >= nSplits, 'nSplits', expected, nSplits);
  });
}
