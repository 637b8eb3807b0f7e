import {
  booleanParameter,
  integerParameter,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  requireParameter,
  withDefault,
} from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { type ReseedableSplitter, splitsOfFolds } from './splitter.js';

export const kFoldParameters = {
  /** The number of folds, at least 2. Default 5. */
  nSplits: withDefault(integerParameter({ from: 2 }), 5),
  /** Whether to shuffle the rows first. Default false. */
  shuffle: withDefault(booleanParameter(), false),
  /** The random seed; without effect unless `shuffle` is set. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type KFoldOptions = OptionsOf<typeof kFoldParameters>;

/**
 * Folds of nearly equal size, each of which is the test part once. Unshuffled folds are consecutive rows, as in scikit-learn; the first
 * folds have one more row if the rows cannot be divided evenly.
 */
export class KFold implements ReseedableSplitter {
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

  withSeed(seed: number): KFold {
    return new KFold({ nSplits: this.nSplits, shuffle: true, seed });
  }

  /** @throws `invalid-parameter` if there are fewer rows than folds. */
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
