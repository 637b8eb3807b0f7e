import { Amounts, ChurnError, Labels, type Target } from '@churn/core';

/** What became of a row: a label, or a value. */
export type Truth = string | number;

/** What a gate can judge models by. */
export type KnownTarget = Labels | Amounts;

/** What became of each row of a target. @throws `unsupported` for durations. */
export function truthOf(y: Target): Truth[] {
  if (y.kind === 'classes') return y.toArray().map(String);
  if (y.kind === 'amounts') return Array.from(y.values);
  throw new ChurnError('unsupported', `expected classes or values to judge models by, got ${y.kind}`);
}

/** What became of rows as a target. @param classes those of the labels; of values none. */
export function targetOf(truth: readonly Truth[], classes: readonly string[]): KnownTarget {
  return classes.length === 0
    ? Amounts.from(truth as readonly number[])
    : Labels.from(truth as readonly string[], classes);
}
