import { Random, requireParameter, type TargetLike } from '@churn/core';
import { type TrainTestSplit, trainTestSplit } from '../train-test-split.js';
import { type ReseedableSplitter, rowLabels } from './splitter.js';

export interface StratifiedShuffleSplitOptions {
  /** How many splits, from 1. Default 10. */
  readonly nSplits?: number;
  /** The share of rows for the test, between 0 and 1, or from 1 on their number. Default 0.1. */
  readonly testSize?: number;
  /** The same seed gives the same splits. Default 0. */
  readonly seed?: number;
}

/** Several draws of `trainTestSplit`, each with the share of every class in both parts. Tests may overlap. */
export class StratifiedShuffleSplit implements ReseedableSplitter {
  readonly nSplits: number;
  readonly testSize: number;
  readonly seed: number;

  /** @throws `invalid-parameter` where an option is not what it must be. */
  constructor({ nSplits = 10, testSize = 0.1, seed = 0 }: StratifiedShuffleSplitOptions = {}) {
    requireParameter(Number.isInteger(nSplits) && nSplits >= 1, 'nSplits', 'a whole number from 1', nSplits);
    const isSize = testSize > 0 && (testSize < 1 || Number.isInteger(testSize));
    requireParameter(isSize, 'testSize', 'a share between 0 and 1, or a number of rows', testSize);
    this.nSplits = nSplits;
    this.testSize = testSize;
    this.seed = seed;
  }

  withSeed(seed: number): StratifiedShuffleSplit {
    return new StratifiedShuffleSplit({ nSplits: this.nSplits, testSize: this.testSize, seed });
  }

  /** @throws as `trainTestSplit`, and `invalid-data` where `y` is not given, or of another number. */
  split(x: { readonly nRows: number }, y?: TargetLike): TrainTestSplit[] {
    const labels = rowLabels('y', y, x);
    const { testSize } = this;
    const random = new Random(this.seed).stream('StratifiedShuffleSplit');
    return Array.from({ length: this.nSplits }, (_, i) =>
      trainTestSplit(labels, { testSize, seed: random.stream(i).uint32() }),
    );
  }
}
