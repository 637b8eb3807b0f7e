import fc from 'fast-check';
import { correlationRatios } from './correlation-ratio.js';
import { distinctValues } from './distinct-values.js';

function ratio(codes: readonly number[], values: readonly number[], nLevels = 4) {
  const counts = new Int32Array(nLevels);
  for (const code of codes) if (code >= 0) counts[code]++;
  return correlationRatios(
    [{ codes: Int32Array.from(codes), counts }],
    distinctValues(Float64Array.from(values)),
  )[0];
}

function slowRatio(codes: readonly number[], values: readonly number[]): number | null {
  const rows = codes.map((_, row) => row).filter((row) => codes[row] >= 0 && Number.isFinite(values[row]));
  if (new Set(rows.map((row) => values[row])).size < 2) return null;
  const mean = (of: readonly number[]) => of.reduce((sum, row) => sum + values[row], 0) / of.length;
  const all = mean(rows);
  const between = rows.reduce(
    (sum, row) => sum + (mean(rows.filter((other) => codes[other] === codes[row])) - all) ** 2,
    0,
  );
  return Math.sqrt(between / rows.reduce((sum, row) => sum + (values[row] - all) ** 2, 0));
}

it('has the ratio computed by hand', () => {
  // Means 1.5 and 3.5 around 2.5: 4 of 5.
  expect(ratio([0, 0, 1, 1], [1, 2, 3, 4])).toBeCloseTo(Math.sqrt(4 / 5), 14);
  expect(ratio([0, 1, 0, 1], [7, 9, 7, 9])).toBeCloseTo(1, 14);
  expect(ratio([0, 1, 0, 1], [7, 7, 9, 9])).toBeCloseTo(0, 14);
});

it('is null if numbers are constant or no row has both values', () => {
  expect(ratio([0, 1], [4, 4])).toBeNull();
  expect(ratio([-1, -1, 0], [1, 2, NaN])).toBeNull();
  expect(ratio([0, 1, -1], [4, 4, 5])).toBeNull();
  expect(ratio([], [])).toBeNull();
});

it('agrees with its definition on complete rows', () => {
  const row = fc.tuple(
    fc.integer({ min: -1, max: 3 }),
    fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(NaN, Infinity, -Infinity, 0.5)),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 15 }), (rows) => {
      const codes = rows.map(([code]) => code);
      const values = rows.map(([, value]) => value);
      const expected = slowRatio(codes, values);
      // A root of what rounding leaves has half its digits.
      if (expected === null) expect(ratio(codes, values)).toBeNull();
      else expect((ratio(codes, values) as number) ** 2).toBeCloseTo(expected ** 2, 12);
    }),
  );
});

it('is precise far from 0 and with huge values', () => {
  expect(ratio([0, 0, 1, 1], [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4])).toBeCloseTo(Math.sqrt(0.8), 12);
  expect(ratio([0, 0, 1, 1], [1e300, 2e300, 3e300, 4e300])).toBeCloseTo(Math.sqrt(0.8), 12);
});
