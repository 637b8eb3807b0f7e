import { ChurnError, type ClassLabel, Labels, type LabelsLike, Random } from '@churn/core';
import { draw, rowsByClass, shareOut } from './stratified-sample.js';

export interface TrainTestSplitOptions {
  /** The share of rows for the test, between 0 and 1, or from 1 on their number. Default 0.25. */
  readonly testSize?: number;
  /** The same seed gives the same split. Default 0. */
  readonly seed?: number;
  /** Whether both parts keep the share of each class. Default true. */
  readonly stratify?: boolean;
}

/** The rows of each part, in ascending order. */
export interface TrainTestSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Divides rows at random into a training and a test part.
 *
 * ```ts
 * const { train, test } = trainTestSplit(y, { testSize: 0.3, seed: 42 });
 * const model = pipeline.fit(x.take(train), y.take(train));
 * ```
 *
 * @throws `invalid-parameter` where `testSize` leaves a part without rows; `invalid-target` where a class is too small
 *   to be in both parts.
 */
export function trainTestSplit(y: LabelsLike, options: TrainTestSplitOptions = {}): TrainTestSplit {
  const { testSize = 0.25, seed = 0, stratify = true } = options;
  const labels = Labels.from(y);
  const n = labels.length;
  const nTest = testSize < 1 ? Math.ceil(testSize * n) : testSize;
  if (!(Number.isInteger(nTest) && nTest > 0 && nTest < n)) {
    throw new ChurnError(
      'invalid-parameter',
      `testSize: expected a share between 0 and 1, or a number of rows below ${n}, got ${testSize}`,
    );
  }
  const groups = stratify ? rowsByClass(labels) : [Int32Array.from({ length: n }, (_, row) => row)];
  const sizes = shareOut(nTest, groups);
  if (stratify) {
    for (const [code, { length }] of groups.entries()) {
      assertInBothParts(labels.classes[code], length, sizes[code]);
    }
  }
  const isTest = draw(groups, sizes, new Random(seed).stream('trainTestSplit'));
  const rowsWhere = (part: number) => Int32Array.from(isTest.keys()).filter((row) => isTest[row] === part);
  return { train: rowsWhere(0), test: rowsWhere(1) };
}

function assertInBothParts(label: ClassLabel, size: number, inTest: number): void {
  // A class that the caller declared but that has no row cannot be split, and need not be.
  if (size === 0 || (inTest > 0 && inTest < size)) return;
  const shown = size === 1 ? '1 row' : `${size} rows`;
  throw new ChurnError(
    'invalid-target',
    `class ${JSON.stringify(label)} has ${shown}, of which ${inTest} would be for the test: too few for both parts`,
  );
}
