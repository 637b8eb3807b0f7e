import { ChurnError } from '@churn/core';

/** @throws `invalid-target`, naming the row, if an amount or a prediction is not in the range that a metric is defined for. */
export function requireValues(
  what: 'target value' | 'prediction',
  values: Float64Array,
  range: string,
  isInRange: (value: number) => boolean,
): void {
  const row = values.findIndex((value) => !isInRange(value));
  if (row < 0) return;
  throw new ChurnError('invalid-target', `row ${row}: expected a ${what} ${range}, got ${values[row]}`);
}
