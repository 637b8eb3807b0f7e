import fc from 'fast-check';
import { distinctValues, finiteCounts, isComplete } from './distinct-values.js';

it('numbers values in order, 0 and -0 as one, with missing rows apart', () => {
  const { values, counts, codes, missing } = distinctValues(
    Float64Array.of(3, NaN, -0, 0, Infinity, 3, -Infinity),
  );
  expect([...values]).toEqual([-Infinity, 0, 3, Infinity]);
  expect([...counts]).toEqual([1, 2, 2, 1]);
  expect([...codes]).toEqual([2, -1, 1, 1, 3, 2, 0]);
  expect(missing).toBe(1);
});

it('is empty for no rows and for only missing ones', () => {
  expect(distinctValues(new Float64Array(0)).values).toHaveLength(0);
  expect(distinctValues(Float64Array.of(NaN, NaN))).toMatchObject({
    values: new Float64Array(0),
    missing: 2,
  });
});

it('supports more values than its initial table', () => {
  const column = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin(i % 7000));
  const { values, counts, codes } = distinctValues(column);
  expect([...values]).toEqual([...new Set(column)].sort((a, b) => a - b));
  expect(column.every((value, row) => values[codes[row]] === value)).toBe(true);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20_000);
});

it('returns each row, in ascending order', () => {
  const numbers = fc.array(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 })), { maxLength: 50 });
  fc.assert(
    fc.property(numbers, (rows) => {
      const { values, counts, codes, missing } = distinctValues(Float64Array.from(rows));
      rows.forEach((value, row) => {
        expect(Number.isNaN(value) ? codes[row] === -1 : values[codes[row]] === value).toBe(true);
      });
      expect(values.every((value, i) => i === 0 || values[i - 1] < value)).toBe(true);
      expect(missing + counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    }),
  );
});

it('distinguishes finite rows from others', () => {
  const column = distinctValues(Float64Array.of(1, Infinity, 1));
  expect([...finiteCounts(column)]).toEqual([2, 0]);
  expect(isComplete(column)).toBe(false);
  expect(isComplete(distinctValues(Float64Array.of(1, NaN)))).toBe(false);
  expect(isComplete(distinctValues(Float64Array.of(1, 2)))).toBe(true);
  expect(isComplete(distinctValues(new Float64Array(0)))).toBe(false);
});
