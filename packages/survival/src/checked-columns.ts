import { ChurnError, isList } from '@churn/core';

/**
 * Refuses what is not a finite number for each row.
 * @throws `invalid-data`, naming the row.
 */
export function requireNumbers(
  values: ArrayLike<number>,
  nRows: number,
  what: string,
  accepts: (value: number) => boolean = Number.isFinite,
): void {
  if (!isList(values) || values.length !== nRows)
    throw new ChurnError('invalid-data', `expected ${what} for each of ${nRows} rows, got ${values?.length}`);
  for (let row = 0; row < nRows; row++) {
    if (typeof values[row] === 'number' && accepts(values[row])) continue;
    throw new ChurnError('invalid-data', `row ${row}: expected ${what}, got ${String(values[row])}`);
  }
}

/**
 * Refuses what is not a probability for each row at each time.
 * @throws `invalid-data`, naming the row.
 */
export function requireProbabilities(
  columns: readonly ArrayLike<number>[],
  nRows: number,
  nTimes: number,
): void {
  if (!Array.isArray(columns) || columns.length !== nTimes)
    throw new ChurnError(
      'invalid-data',
      `expected the survival at each of ${nTimes} times, got ${columns?.length} arrays`,
    );
  for (const column of columns) requireNumbers(column, nRows, 'a probability from 0 to 1', isProbability);
}

export function isProbability(value: number): boolean {
  return value >= 0 && value <= 1;
}

/**
 * The times to score at.
 * @throws `invalid-parameter` if there are none, they do not ascend, or one is negative or not before the last duration, after which nothing
 * is known.
 */
export function checkedTimes(times: ArrayLike<number>, durations: Float64Array): Float64Array {
  const last = durations.reduce((a, b) => Math.max(a, b), 0);
  const given = isList(times) ? Float64Array.from(times as ArrayLike<number>) : new Float64Array(0);
  const wrong = given.findIndex((time, i) => !(time >= 0 && time < last && (i === 0 || time > given[i - 1])));
  if (given.length > 0 && wrong < 0) return given;
  const received = wrong < 0 ? String(times) : `${given[wrong]} at ${wrong}`;
  throw new ChurnError(
    'invalid-parameter',
    `times: expected ascending times of at least 0 and before ${last}, the last duration, got ${received}`,
  );
}
