import { Table } from '@churn/core';
import reference from './reference/scikit_learn.json';

/** The figures of scikit-learn and pandas, and the columns they are of. */
export { reference };

/** The numeric columns of the figures, as one table. */
export const referenceTable = Table.fromColumns(
  Object.entries(reference.columns).map(([name, { values }]) => [name, values] as const),
);

/** Fails where a number differs from the expected one by more than `tolerance` of it. `null` stands for no value. */
export function expectClose(
  received: number | null | undefined,
  expected: number | null,
  tolerance = 1e-9,
): void {
  const value = received ?? NaN;
  const isClose =
    expected === null
      ? Number.isNaN(value)
      : value === expected || Math.abs(value - expected) <= tolerance * Math.abs(expected);
  if (!isClose) throw new Error(`expected ${expected}, got ${value}`);
}
