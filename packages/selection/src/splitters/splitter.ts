import { ChurnError, type Labels, type LabelsLike, type TargetLike } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { labelsOf } from './strata.js';

/** Divides rows into training and test parts, one or more times: an immutable specification. */
export interface Splitter {
  /** The number of splits. */
  readonly nSplits: number;
  /**
   * The rows of both parts of each split, in ascending order.
   *
   * @param x the rows to divide; only their number is used.
   * @param y the target, for splitters that stratify by its classes or, given as `TargetValues`, by quantiles.
   * @param groups the group of each row, for splitters that keep groups together.
   */
  split(x: { readonly nRows: number }, y?: TargetLike, groups?: LabelsLike): TrainTestSplit[];
}

/** A splitter that can draw other splits of the same kind. */
export interface ReseedableSplitter extends Splitter {
  /** The splitter that puts rows in a random order, by this seed. */
  withSeed(seed: number): ReseedableSplitter;
}

/**
 * The group of each row.
 * @throws `invalid-data` if there is none, or not for each row; `invalid-target` if a label is missing.
 */
export function rowGroups(groups: LabelsLike | undefined, { nRows }: { readonly nRows: number }): Labels {
  const expected = `groups: expected a label for each of ${nRows} rows`;
  if (groups === undefined) throw new ChurnError('invalid-data', `${expected}, got nothing`);
  const labels = labelsOf('groups', groups);
  if (labels.length === nRows) return labels;
  throw new ChurnError('invalid-data', `${expected}, got ${labels.length}`);
}

/** One split a fold: its rows are the test, all others the training part. */
export function splitsOfFolds(foldOf: Int32Array, nFolds: number): TrainTestSplit[] {
  const sizes = new Int32Array(nFolds);
  for (let row = 0; row < foldOf.length; row++) sizes[foldOf[row]]++;
  return Array.from(sizes, (size, fold) => {
    const test = new Int32Array(size);
    const train = new Int32Array(foldOf.length - size);
    let nTest = 0;
    let nTrain = 0;
    for (let row = 0; row < foldOf.length; row++) {
      if (foldOf[row] === fold) test[nTest++] = row;
      else train[nTrain++] = row;
    }
    return { train, test };
  });
}
