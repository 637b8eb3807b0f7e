import { integerParameter, type OptionsOf, readOptions, requireParameter, withDefault } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import type { Splitter } from './splitter.js';

const parameters = {
  /** How many splits, from 2. Default 5. */
  nSplits: withDefault(integerParameter({ from: 2 }), 5),
  /** How many rows the test of each split has. Default the number of rows over `nSplits + 1`, rounded down. */
  testSize: integerParameter({ from: 1 }),
  /** How many rows before each test are left out of both parts. Default 0. */
  gap: withDefault(integerParameter({ from: 0 }), 0),
  /** How many rows to train on at most: the latest. Default all. */
  maxTrainSize: integerParameter({ from: 1 }),
};

export type TimeSeriesSplitOptions = OptionsOf<typeof parameters>;

/**
 * Splits of rows in the order of time: each test follows the rows to train on, and the tests are successive runs at the
 * end. The same rows as scikit-learn's.
 */
export class TimeSeriesSplit implements Splitter {
  static readonly parameters = parameters;
  readonly nSplits: number;
  readonly testSize: number | undefined;
  readonly gap: number;
  readonly maxTrainSize: number | undefined;

  /** @throws `invalid-parameter` if an option is not what it must be. */
  constructor(options?: TimeSeriesSplitOptions) {
    const { nSplits, testSize, gap, maxTrainSize } = readOptions(parameters, options);
    this.nSplits = nSplits;
    this.testSize = testSize;
    this.gap = gap;
    this.maxTrainSize = maxTrainSize;
  }

  /** @throws `invalid-parameter` if there are too few rows for as many tests, the gap and a row to train on. */
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
