import { Amounts, Labels, type Target } from '@churn/core';

/** What became of a row: a label, or a value. */
export type Truth = string | number;

/** What became of each row of a target. */
export function truthOf(y: Target): Truth[] {
  return y.kind === 'classes' ? y.toArray().map(String) : Array.from(y.values);
}

/** What became of rows as a target. @param classes those of the labels; of values none. */
export function targetOf(truth: readonly Truth[], classes: readonly string[]): Target {
  return classes.length === 0
    ? Amounts.from(truth as readonly number[])
    : Labels.from(truth as readonly string[], classes);
}
