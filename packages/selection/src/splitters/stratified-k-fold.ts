import {
  type Labels,
  type OptionsOf,
  Random,
  readOptions,
  requireParameter,
  stratifiedFolds,
  type TargetLike,
} from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { kFoldParameters } from './k-fold.js';
import { type ReseedableSplitter, splitsOfFolds } from './splitter.js';
import { rowStrata, strataParameters } from './strata.js';

export const stratifiedKFoldParameters = { ...kFoldParameters, ...strataParameters };

export type StratifiedKFoldOptions = OptionsOf<typeof stratifiedKFoldParameters>;

/**
 * Folds in which each class has close to its overall share, each of which is the test part once. Unshuffled folds are those of
 * scikit-learn. `TargetValues` are stratified by quantile bins.
 */
export class StratifiedKFold implements ReseedableSplitter {
  static readonly parameters = stratifiedKFoldParameters;
  readonly nSplits: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly strata: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: StratifiedKFoldOptions) {
    const { nSplits, shuffle, seed, strata } = readOptions(stratifiedKFoldParameters, options);
    this.nSplits = nSplits;
    this.shuffle = shuffle;
    this.seed = seed;
    this.strata = strata;
  }

  withSeed(seed: number): StratifiedKFold {
    return new StratifiedKFold({ nSplits: this.nSplits, strata: this.strata, shuffle: true, seed });
  }

  /**
   * @throws `invalid-parameter` if a class has fewer rows than there are folds; `invalid-data` if `y` is missing, or differs in length.
   */
  split(x: { readonly nRows: number }, y?: TargetLike): TrainTestSplit[] {
    const labels = rowStrata(y, x, { strata: this.strata, leastRows: this.nSplits });
    requireRowsForFolds(labels, this.nSplits);
    const random = this.shuffle ? new Random(this.seed).stream('StratifiedKFold') : undefined;
    return splitsOfFolds(stratifiedFolds(labels, this.nSplits, random), this.nSplits);
  }
}

/** @throws `invalid-parameter` if a class has rows, but fewer than there are folds; and if there are no rows. */
export function requireRowsForFolds(labels: Labels, nSplits: number): void {
  requireParameter(labels.length >= nSplits, 'nSplits', `at most the ${labels.length} rows`, nSplits);
  labels.counts().forEach((count, code) => {
    const expected = `at most the ${count} rows of class ${JSON.stringify(labels.classes[code])}`;
    requireParameter(count === 0 || count >= nSplits, 'nSplits', expected, nSplits);
  });
}
