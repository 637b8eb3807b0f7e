import { integerParameter, type OptionsOf, readOptions, requireParameter, withDefault } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import type { Splitter } from './splitter.js';

const parameters = {
  /** The number of splits, at least 2. Default 5. */
  nSplits: withDefault(integerParameter({ from: 2 }), 5),
  /** The number of test rows of each split. Default the number of rows divided by `nSplits + 1`, rounded down. */
  testSize: integerParameter({ from: 1 }),
  /** The number of rows before each test part that are in neither part. Default 0. */
  gap: withDefault(integerParameter({ from: 0 }), 0),
  /** The maximum number of training rows: the latest. Default all. */
  maxTrainSize: integerParameter({ from: 1 }),
};

export type TimeSeriesSplitOptions = OptionsOf<typeof parameters>;

/**
 * Splits of rows in time order: each test part follows its training part, and the test parts are consecutive at the end. The splits are
 * those of scikit-learn.
 */
export class TimeSeriesSplit implements Splitter {
  static readonly parameters = parameters;
  readonly nSplits: number;
  readonly testSize: number | undefined;
  readonly gap: number;
  readonly maxTrainSize: number | undefined;

  /** @throws `invalid-parameter` if an option is invalid. */
  constructor(options?: TimeSeriesSplitOptions) {
    const { nSplits, testSize, gap, maxTrainSize } = readOptions(parameters, options);
    this.nSplits = nSplits;
    this.testSize = testSize;
    this.gap = gap;
    this.maxTrainSize = maxTrainSize;
  }

  /** @throws `invalid-parameter` if there are too few rows for the test parts, the gap and one training row. */
  split({ nRows }: { readonly nRows: number }): TrainTestSplit[] {
    const { nSplits, gap, maxTrainSize = Infinity } = this;
    requireParameter(nSplits < nRows, 'nSplits', `fewer than the ${nRows} rows`, nSplits);
    const { testSize = Math.floor(nRows / (nSplits + 1)) } = this;
    const fits = nRows - gap - nSplits * testSize > 0;
    const needed = `at most ${nRows - 1} rows in the tests and the gap of ${gap}`;
    requireParameter(fits, 'nSplits', needed, `${nSplits} tests of ${testSize} rows`);
    return Array.from({ length: nSplits }, (_, i) => {
      const start = nRows - (nSplits - i) * testSize;
      const end = start - gap;
      return { train: range(Math.max(0, end - maxTrainSize), end), test: range(start, start + testSize) };
    });
  }
}

function range(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, i) => start + i);
}
