import { Random, requireParameter } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { type ReseedableSplitter, requireSplits, splitsOfFolds } from './splitter.js';

export interface KFoldOptions {
  /** How many folds, from 2. Default 5. */
  readonly nSplits?: number;
  /** Whether to put the rows in a random order first. Default false. */
  readonly shuffle?: boolean;
  /** The same seed gives the same folds. Without `shuffle` it has no effect. Default 0. */
  readonly seed?: number;
}

/**
 * Folds of nearly equal size, of which each is the test once. Unshuffled ones are runs of successive rows, as
 * scikit-learn's; the first ones are a row longer where the rows cannot be divided evenly.
 */
export class KFold implements ReseedableSplitter {
  readonly nSplits: number;
  readonly shuffle: boolean;
  readonly seed: number;

  /** @throws `invalid-parameter` where `nSplits` is not a whole number from 2. */
  constructor({ nSplits = 5, shuffle = false, seed = 0 }: KFoldOptions = {}) {
    requireSplits(nSplits);
    this.nSplits = nSplits;
    this.shuffle = shuffle;
    this.seed = seed;
  }

  withSeed(seed: number): KFold {
    return new KFold({ nSplits: this.nSplits, shuffle: true, seed });
  }

  /** @throws `invalid-parameter` where there are fewer rows than folds. */
  split({ nRows }: { readonly nRows: number }): TrainTestSplit[] {
    const { nSplits } = this;
    requireParameter(nSplits <= nRows, 'nSplits', `at most the ${nRows} rows`, nSplits);
    const order = this.shuffle
      ? new Random(this.seed).stream('KFold').permutation(nRows)
      : Int32Array.from({ length: nRows }, (_, row) => row);
    const foldOf = new Int32Array(nRows);
    const size = Math.floor(nRows / nSplits);
    const longer = nRows % nSplits;
    let next = 0;
    for (let fold = 0; fold < nSplits; fold++) {
      const end = next + size + (fold < longer ? 1 : 0);
      while (next < end) foldOf[order[next++]] = fold;
    }
    return splitsOfFolds(foldOf, nSplits);
  }
}
