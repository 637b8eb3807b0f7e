import type { Target } from '@churn/core';
import type { Scorer } from './scorer.js';
import type { SearchData } from './search/pieces.js';
import type { TrainTestSplit } from './train-test-split.js';

/** Splits whose models are asked about the rows that they learned from too: each test part follows on its training part. */
export function askedAboutBoth(splits: readonly TrainTestSplit[]): TrainTestSplit[] {
  return splits.map(({ train, test }) => ({ train, test: joined(train, test) }));
}

/** The scores of both parts of a split, of what was predicted for both. */
export function trainAndTestScores(
  scorer: Scorer<Target>,
  { y, sampleWeight }: Pick<SearchData, 'y' | 'sampleWeight'>,
  { train, test: both }: TrainTestSplit,
  predictions: readonly Float64Array[],
): { readonly train: number; readonly test: number } {
  const score = (from: number, to: number) => {
    const rows = both.subarray(from, to);
    const weights = sampleWeight && Float64Array.from(rows, (row) => sampleWeight[row]);
    const columns = predictions.map((column) => column.subarray(from, to));
    return scorer.score(y.take(rows), columns, weights && { sampleWeight: weights });
  };
  return { train: score(0, train.length), test: score(train.length, both.length) };
}

function joined(train: Int32Array, test: Int32Array): Int32Array {
  const both = new Int32Array(train.length + test.length);
  both.set(train);
  both.set(test, train.length);
  return both;
}
