import { type Labels, log, type TargetValues } from '@churn/core';
import { type ErrorSlices, errorSlices } from '@churn/selection';
import type { Split } from './dataset.js';
import { resamples } from './resamples.js';

/** The error slices of a classifier on test rows, by log loss. @param probabilities an array per class. */
export function classSlices(
  split: Split<Labels>,
  probabilities: readonly Float64Array[],
  seed: number,
): ErrorSlices {
  const losses = Float64Array.from(split.test.y.codes, (code, row) => {
    // Clipped as in the log loss of all rows.
    return -log(Math.max(probabilities[code][row], Number.EPSILON));
  });
  return slicesOf(split, losses, seed);
}

/** The error slices of a regression model on test rows, by absolute error. */
export function valueSlices(split: Split<TargetValues>, predicted: Float64Array, seed: number): ErrorSlices {
  const losses = split.test.y.values.map((value, row) => Math.abs(value - predicted[row]));
  return slicesOf(split, losses, seed);
}

/** Slices are described by the features and the columns that the report groups by. */
function slicesOf(
  { test, testGroups }: Pick<Split<Labels | TargetValues>, 'test' | 'testGroups'>,
  losses: Float64Array,
  seed: number,
): ErrorSlices {
  const described = test.x.with(testGroups.entries());
  return errorSlices(described, losses, { seed, nResamples: resamples(losses.length) });
}
