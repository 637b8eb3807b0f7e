import { type FittedClassifier, isolateFaults, type Table } from '@churn/core';

/** The result of `run` for each row; `undefined` if it rejects the row. */
export function expectedRows<T>(table: Table, run: (part: Table) => readonly T[]): (T | undefined)[] {
  const { rows, result } = isolateFaults(table, run);
  const all: (T | undefined)[] = new Array(table.nRows).fill(undefined);
  for (let i = 0; i < rows.length; i++) all[rows[i]] = result[i];
  return all;
}

/** The probability of each class for each row; `undefined` if the model rejects the row. */
export function expectedProbabilities(table: Table, model: FittedClassifier): (number[] | undefined)[] {
  return expectedRows(table, (part) => {
    const probabilities = model.predictProba(part);
    return Array.from({ length: part.nRows }, (_, row) => probabilities.map((column) => column[row]));
  });
}

/** Throws if two numbers differ by more than 1e-12, absolutely or relatively; missing numbers are `NaN` or null. */
export function requireClose(received: unknown, expected: unknown, where: string): void {
  const wanted = expected === null && typeof received === 'number' ? NaN : expected;
  const areClose =
    Object.is(received, wanted) ||
    received === wanted ||
    (typeof received === 'number' &&
      typeof wanted === 'number' &&
      Math.abs(received - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted)));
  if (!areClose) throw new Error(`${where}: got ${String(received)}, expected ${String(wanted)}`);
}

/** Throws unless both are `undefined`, or have the same fields with close values. */
export function requireCloseRow(
  received: Record<string, unknown> | undefined,
  expected: Record<string, unknown> | undefined,
  given: unknown,
): void {
  const where = JSON.stringify(given);
  if (!received || !expected) {
    if (received !== expected) {
      throw new Error(`${where}: got ${JSON.stringify(received)}, expected ${JSON.stringify(expected)}`);
    }
    return;
  }
  if (Object.keys(received).join() !== Object.keys(expected).join()) expect(received).toEqual(expected);
  for (const [name, value] of Object.entries(expected))
    requireClose(received[name], value, `${where}: ${name}`);
}
