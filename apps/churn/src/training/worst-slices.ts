import { type Labels, log, type TargetValues } from '@churn/core';
import { type ErrorSlices, errorSlices } from '@churn/selection';
import type { Split } from './dataset.js';
import { resamples } from './resamples.js';

/** Where a model of classes is worst on the test rows, by the log loss of each. @param probabilities an array per class. */
export function classSlices(
  split: Split<Labels>,
  probabilities: readonly Float64Array[],
  seed: number,
): ErrorSlices {
  const losses = Float64Array.from(split.test.y.codes, (code, row) => {
    // As far from 0 as the log loss of all rows has it.
    return -log(Math.max(probabilities[code][row], Number.EPSILON));
  });
  return slicesOf(split, losses, seed);
}

/** Where a model of values is worst on the test rows, by the absolute error of each. */
export function valueSlices(split: Split<TargetValues>, predicted: Float64Array, seed: number): ErrorSlices {
  const losses = split.test.y.values.map((value, row) => Math.abs(value - predicted[row]));
  return slicesOf(split, losses, seed);
}

/** Test rows are described by the columns that are learned from, and those that the report groups by. */
function slicesOf(
  { test, testGroups }: Pick<Split<Labels | TargetValues>, 'test' | 'testGroups'>,
  losses: Float64Array,
  seed: number,
): ErrorSlices {
  const described = test.x.with(testGroups.entries());
  return errorSlices(described, losses, { seed, nResamples: resamples(losses.length) });
}
