import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Table, type Transformer } from '@churn/core';
import fc from 'fast-check';

interface Reference {
  columns: Record<string, (number | null)[]>;
  transformed: Record<string, Record<string, (number | null)[]>>;
}

const reference: Reference = JSON.parse(readFileSync(join(__dirname, 'reference/scalers.json'), 'utf8'));

/** What scikit-learn makes of each column, by the label of the transformer in scalers.py. */
export function scalerCases(label: string) {
  return Object.entries(reference.transformed[label]).map(([column, expected]) => ({ column, expected }));
}

/** Expects the transformer to make the same of a column, to 1e-9 of each value; near 0 to rounding of the largest. */
export function expectSameAsScikitLearn(
  transformer: Transformer,
  column: string,
  expected: readonly (number | null)[],
): void {
  const table = Table.fromColumns({ a: reference.columns[column] });
  const received = transformer.fitTransform(table).output.numeric('a');
  const size = Math.max(...expected.map((value) => Math.abs(value ?? 0)));
  expected.forEach((value, row) => {
    if (value === null) expect(received[row]).toBeNaN();
    else expect(Math.abs(received[row] - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-15 * size);
  });
}

/** Expects the inverse of a scaler to give the values back. */
export function expectValuesBack(scaler: Transformer): void {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
      const { fitted, output } = scaler.fitTransform(Table.fromColumns({ a: values }));
      const size = Math.max(...values.map(Math.abs));
      const back = fitted.inverseTransform?.(output).numeric('a') ?? [];
      expect(back).toHaveLength(values.length);
      back.forEach((value, row) => {
        expect(Math.abs(value - values[row])).toBeLessThanOrEqual(1e-9 * size);
      });
    }),
  );
}
