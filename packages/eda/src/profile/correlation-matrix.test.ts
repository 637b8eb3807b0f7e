import fc from 'fast-check';
import { correlationMatrix } from './correlation-matrix.js';
import { distinctValues } from './distinct-values.js';

const matrixOf = (columns: readonly number[][], method: 'pearson' | 'spearman') =>
  correlationMatrix(
    columns.map((column) => distinctValues(Float64Array.from(column))),
    method,
  );

/** By definition, ranks by counting. */
function slowCorrelation(a: readonly number[], b: readonly number[], method: 'pearson' | 'spearman') {
  const rows = a.map((_, row) => row).filter((row) => Number.isFinite(a[row]) && Number.isFinite(b[row]));
  const of = (column: readonly number[]) => {
    const kept = rows.map((row) => column[row]);
    if (method === 'pearson') return kept;
    return kept.map((v) => kept.filter((w) => w < v).length + (kept.filter((w) => w === v).length + 1) / 2);
  };
  const [x, y] = [of(a), of(b)];
  if (new Set(x).size < 2 || new Set(y).size < 2) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (term: (i: number) => number) => x.reduce((total, _, i) => total + term(i), 0);
  return (
    sum((i) => (x[i] - mx) * (y[i] - my)) /
    Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2))
  );
}

it('has correlations computed by hand', () => {
  // Deviations -2, -1, 0, 1, 2 and -1, -2, 1, 0, 2: 8 / 10.
  const [, [pearson]] = matrixOf(
    [
      [1, 2, 3, 4, 5],
      [2, 1, 4, 3, 5],
    ],
    'pearson',
  );
  expect(pearson).toBeCloseTo(0.8, 14);
  const [, [spearman]] = matrixOf(
    [
      [1, 2, 3],
      [1, 10, 1e300],
    ],
    'spearman',
  );
  expect(spearman).toBeCloseTo(1, 14);
});

it('agrees with its definition, with missing, infinite, tied and constant values, for any number of columns', () => {
  const cell = fc.constantFrom(0, 1, 2, 5, -3, 0.25, NaN, Infinity, -Infinity);
  const columns = fc
    .integer({ min: 1, max: 12 })
    .chain((rows) =>
      fc.array(
        fc.oneof(
          fc.array(cell, { minLength: rows, maxLength: rows }),
          fc.array(fc.integer({ min: -4, max: 4 }), { minLength: rows, maxLength: rows }),
        ),
        { maxLength: 5 },
      ),
    );
  fc.assert(
    fc.property(columns, fc.constantFrom('pearson' as const, 'spearman' as const), (x, method) => {
      const received = matrixOf(x, method);
      x.forEach((a, i) => {
        x.forEach((b, j) => {
          const expected = slowCorrelation(a, b, method);
          if (expected === null) expect(received[i][j]).toBeNull();
          else expect(received[i][j]).toBeCloseTo(expected, 12);
        });
      });
    }),
  );
});

it('supports more rows than a chunk', () => {
  const x = [0, 1, 2].map((j) =>
    Array.from({ length: 1001 }, (_, i) => Math.round(9 * Math.sin(i * (j + 1)) + i / 99)),
  );
  const received = matrixOf(x, 'pearson');
  expect(received[2][1]).toBeCloseTo(slowCorrelation(x[2], x[1], 'pearson') as number, 12);
  expect(received[1][0]).toBeCloseTo(slowCorrelation(x[1], x[0], 'pearson') as number, 12);
});

it('is precise far from 0, and neither overflows nor underflows', () => {
  const far = [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4, 1e9 + 5];
  const huge = [2e307, 1e307, 4e307, 3e307, 5e307];
  const tiny = [2e-307, 1e-307, 4e-307, 3e-307, 5e-307];
  const [, [first], [second, third]] = matrixOf([far, huge, tiny], 'pearson');
  expect(first).toBeCloseTo(0.8, 12);
  expect(second).toBeCloseTo(0.8, 12);
  expect(third).toBeCloseTo(1, 12);
});
