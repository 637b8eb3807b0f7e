import { requireParameter } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { requireSplits, type Splitter } from './splitter.js';

export interface TimeSeriesSplitOptions {
  /** How many splits, from 2. Default 5. */
  readonly nSplits?: number;
  /** How many rows the test of each split has. Default the number of rows over `nSplits + 1`, rounded down. */
  readonly testSize?: number;
  /** How many rows before each test are left out of both parts. Default 0. */
  readonly gap?: number;
  /** How many rows to train on at most: the latest. Default all. */
  readonly maxTrainSize?: number;
}

/**
 * Splits of rows in the order of time: each test follows the rows to train on, and the tests are successive runs at the
 * end. The same rows as scikit-learn's.
 */
export class TimeSeriesSplit implements Splitter {
  readonly nSplits: number;
  readonly testSize?: number;
  readonly gap: number;
  readonly maxTrainSize?: number;

  /** @throws `invalid-parameter` where an option is not what it must be. */
  constructor({ nSplits = 5, testSize, gap = 0, maxTrainSize }: TimeSeriesSplitOptions = {}) {
    const isSize = (value: number | undefined) =>
      value === undefined || (Number.isInteger(value) && value >= 1);
    requireSplits(nSplits);
    requireParameter(isSize(testSize), 'testSize', 'a whole number from 1', testSize);
    requireParameter(Number.isInteger(gap) && gap >= 0, 'gap', 'a whole number from 0', gap);
    requireParameter(isSize(maxTrainSize), 'maxTrainSize', 'a whole number from 1', maxTrainSize);
    this.nSplits = nSplits;
    this.testSize = testSize;
    this.gap = gap;
    this.maxTrainSize = maxTrainSize;
  }

  /** @throws `invalid-parameter` where there are too few rows for as many tests, the gap and a row to train on. */
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
