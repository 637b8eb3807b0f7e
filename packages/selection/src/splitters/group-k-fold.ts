import { type LabelsLike, Random, readOptions, requireParameter, type TargetLike } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { type KFoldOptions, kFoldParameters } from './k-fold.js';
import { type ReseedableSplitter, rowGroups, splitsOfFolds } from './splitter.js';

/**
 * Folds that keep the rows of a group together, so that no group is in both parts of a split. Unshuffled, the largest groups first go to
 * the smallest fold in turn, as in scikit-learn; shuffled, folds have nearly equal numbers of groups.
 */
export class GroupKFold implements ReseedableSplitter {
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

  withSeed(seed: number): GroupKFold {
    return new GroupKFold({ nSplits: this.nSplits, shuffle: true, seed });
  }

  /** @throws `invalid-parameter` if there are fewer groups than folds; `invalid-data` if `groups` is missing, or differs in length. */
  split(x: { readonly nRows: number }, _y?: TargetLike, groups?: LabelsLike): TrainTestSplit[] {
    const labels = rowGroups(groups, x);
    const sizes = labels.counts();
    const present = [...sizes.keys()].filter((group) => sizes[group] > 0);
    requireParameter(
      this.nSplits <= present.length,
      'nSplits',
      `at most the ${present.length} groups`,
      this.nSplits,
    );
    const foldOfGroup = this.shuffle ? this.#shuffled(present) : this.#balanced(present, sizes);
    return splitsOfFolds(
      labels.codes.map((group) => foldOfGroup[group]),
      this.nSplits,
    );
  }

  #balanced(groups: readonly number[], sizes: readonly number[]): number[] {
    const foldOfGroup = sizes.map(() => 0);
    const rows = new Float64Array(this.nSplits);
    for (const group of [...groups].sort((a, b) => sizes[b] - sizes[a] || b - a)) {
      const lightest = rows.indexOf(Math.min(...rows));
      foldOfGroup[group] = lightest;
      rows[lightest] += sizes[group];
    }
    return foldOfGroup;
  }

  #shuffled(groups: readonly number[]): number[] {
    const foldOfGroup: number[] = [];
    const order = new Random(this.seed).stream('GroupKFold').shuffle([...groups]);
    order.forEach((group, i) => {
      foldOfGroup[group] = i % this.nSplits;
    });
    return foldOfGroup;
  }
}
