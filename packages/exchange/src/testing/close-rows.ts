import { type FittedClassifier, isolateFaults, type Table } from '@churn/core';

/** What `run` makes of each row; `undefined` if it refuses the row. */
export function expectedRows<T>(table: Table, run: (part: Table) => readonly T[]): (T | undefined)[] {
  const { rows, result } = isolateFaults(table, run);
  const all: (T | undefined)[] = new Array(table.nRows).fill(undefined);
  for (let i = 0; i < rows.length; i++) all[rows[i]] = result[i];
  return all;
}

/** The probability of each class for each row; `undefined` if the model refuses the row. */
export function expectedProbabilities(table: Table, model: FittedClassifier): (number[] | undefined)[] {
  return expectedRows(table, (part) => {
    const probabilities = model.predictProba(part);
    return Array.from({ length: part.nRows }, (_, row) => probabilities.map((column) => column[row]));
  });
}

/** Throws where two numbers are further apart than 1e-12, of large ones 1e-12 of their size; a missing one is `NaN` or null. */
export function requireClose(received: unknown, expected: unknown, where: string): void {
  const told = expected === null && typeof received === 'number' ? NaN : expected;
  const areClose =
    Object.is(received, told) ||
    received === told ||
    (typeof received === 'number' &&
      typeof told === 'number' &&
      Math.abs(received - told) <= 1e-12 * Math.max(1, Math.abs(told)));
  if (!areClose) throw new Error(`${where}: got ${String(received)}, expected ${String(told)}`);
}

/** Throws unless both are refused, or have the same fields with close values. */
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
