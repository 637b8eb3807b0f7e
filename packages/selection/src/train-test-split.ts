import {
  booleanParameter,
  ChurnError,
  type ClassLabel,
  isList,
  Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  parameter,
  Random,
  readOptions,
  requireParameter,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { numericTarget, strataOf, strataParameters } from './splitters/strata.js';
import { draw, rowsByClass, shareOut } from './stratified-sample.js';

const parameters = {
  /** The share of test rows, between 0 and 1, or their number. Default 0.25. */
  testSize: withDefault(parameter('a share between 0 and 1, or a number of rows', isNumeric), 0.25),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
  /** Whether to stratify by class, by stratum, or by event. Default true for classes only. */
  stratify: booleanParameter(),
  ...strataParameters,
};

export type TrainTestSplitOptions = OptionsOf<typeof parameters>;

function isNumeric(value: unknown): value is number {
  return typeof value === 'number';
}

/** The rows of each part, in ascending order. */
export interface TrainTestSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Splits rows at random into a training and a test part.
 *
 * ```ts
 * const { train, test } = trainTestSplit(y, { testSize: 0.3, seed: 42 });
 * const model = pipeline.fit(x.take(train), y.take(train));
 * ```
 *
 * @param y the target: classes, by which the split is stratified, or `TargetValues` or `Durations`, stratified by quantile bins or by
 * event with `stratify: true`.
 * @throws `invalid-parameter` if `testSize` leaves a part without rows; `invalid-target` if a class is too small to be in both parts.
 */
export function trainTestSplit(y: TargetLike, options?: TrainTestSplitOptions): TrainTestSplit {
  const own = numericTarget(y);
  const { testSize, seed, strata, stratify = own === undefined } = readOptions(parameters, options);
  const target = own ?? (stratify ? Labels.from(y as LabelsLike) : undefined);
  requireParameter(target !== undefined || isList(y), 'y', 'a class, a number or a duration for each row', y);
  const n = target?.length ?? (y as ArrayLike<unknown>).length;
  const nTest = testSize < 1 ? Math.ceil(testSize * n) : testSize;
  if (!(Number.isInteger(nTest) && nTest > 0 && nTest < n)) {
    throw new ChurnError(
      'invalid-parameter',
      `testSize: expected a share between 0 and 1, or a number of rows below ${n}, got ${testSize}`,
    );
  }
  const leastRows = leastRowsOfParts(n, testSize);
  const labels = stratify && target ? strataOf(target, { strata, leastRows }) : undefined;
  const groups = labels ? rowsByClass(labels) : [Int32Array.from({ length: n }, (_, row) => row)];
  const sizes = shareOut(nTest, groups);
  if (labels) {
    for (const [code, { length }] of groups.entries()) {
      assertInBothParts(labels.classes[code], length, sizes[code]);
    }
  }
  const isTest = draw(groups, sizes, new Random(seed).stream('trainTestSplit'));
  const rowsWhere = (part: number) => Int32Array.from(isTest.keys()).filter((row) => isTest[row] === part);
  return { train: rowsWhere(0), test: rowsWhere(1) };
}

/** How many rows a stratum needs to have one or more in both parts. */
export function leastRowsOfParts(n: number, testSize: number): number {
  const nTest = testSize < 1 ? Math.ceil(testSize * n) : testSize;
  return Math.ceil(n / Math.min(nTest, n - nTest));
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
