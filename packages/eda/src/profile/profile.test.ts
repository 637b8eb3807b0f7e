import { Table, wilsonInterval } from '@churn/core';
import { countDuplicateRows } from './count-duplicate-rows.js';
import { profile } from './profile.js';

const wide = Table.fromColumns(
  Array.from({ length: 10_000 }, (_, j) => [`x${j}`, Float64Array.of(j, 1, 2 * j, 5)] as const),
);

it('is bounded for a wide table, and reports what it left out', () => {
  const { columns, omittedColumns, correlations } = profile(wide);
  expect([columns.length, omittedColumns]).toEqual([1000, 9000]);
  expect([correlations.pearson.values.length, correlations.omittedColumns]).toEqual([50, 950]);
});

it('samples rows of a long table by its seed, and says so', () => {
  const table = Table.fromColumns({ a: Float64Array.from({ length: 5000 }, (_, i) => i) });
  const options = { sampleRows: 100, seed: 7 };
  const received = profile(table, options);
  expect([received.rows, received.profiledRows, received.isSampled]).toEqual([5000, 100, true]);
  expect(received.columns[0].distinct).toBe(100);
  expect(profile(table, options)).toEqual(received);
  expect(profile(table, { ...options, seed: 8 })).not.toEqual(received);
});

it('is plain JSON, with infinite values counted and left out', () => {
  const table = Table.fromColumns({
    a: Float64Array.of(1, Infinity, -Infinity, NaN, 3),
    b: ['x', null, 'y', 'x', 'x'],
  });
  const received = profile(table, { target: [0, 1, 0, 1, 1] });
  expect(JSON.parse(JSON.stringify(received))).toEqual(received);
  expect(received.columns[0]).toMatchObject({ missing: 1, infinite: 2, mean: 2 });
});

it('relates columns to the target, and warns of a leak', () => {
  const y = Array.from({ length: 40 }, (_, i) => (i < 10 ? 'left' : 'stayed'));
  const table = Table.fromColumns({
    leak: Float64Array.from(y, (label) => (label === 'left' ? 1 : 0)),
    plan: y.map((_, i) => (i % 2 === 0 ? 'a' : 'b')),
    fixed: y.map(() => 'one'),
  });
  const { target, warnings } = profile(table, { target: { name: 'churn', values: y, positive: 'left' } });
  expect(target).toMatchObject({ name: 'churn', positive: 'left', positives: 10, rate: 0.25 });
  expect(target?.relations[0]).toMatchObject({
    auc: 1,
    bins: [
      { rows: 30, rate: 0 },
      { rows: 10, rate: 1 },
    ],
  });
  expect(target?.relations[1]).toMatchObject({ auc: 0.5, mutualInformation: 0 });
  const told = warnings.map(({ code, columns }) => [code, ...columns]);
  expect(told).toContainEqual(['leaking', 'leak']);
  expect(told).toContainEqual(['constant', 'fixed']);
  expect(told).not.toContainEqual(['leaking', 'plan']);
});

it('counts duplicate rows', () => {
  const a = Float64Array.of(1, NaN, 0, 1, NaN, -0, 1);
  expect(countDuplicateRows(Table.fromColumns({ a, b: ['x', 'y', 'z', 'x', 'y', 'z', 'y'] }))).toBe(3);
});

it('has the Wilson interval', () => {
  // By hand: 10 of 40, z² = 3.8415: (0.25 + 0.0480) / 1.0960 ± 0.1421 / 1.0960.
  const [low, high] = wilsonInterval(10, 40);
  expect(low).toBeCloseTo(0.1419, 3);
  expect(high).toBeCloseTo(0.4019, 3);
  expect(wilsonInterval(0, 5)[0]).toBe(0);
});

it('rejects invalid options and targets', () => {
  const table = Table.fromColumns({ a: Float64Array.of(1, 2) });
  expect(() => profile(table, { maxBins: 0 })).toThrow(
    'maxBins: expected an integer of at least 1 up, got 0',
  );
  expect(() => profile(table, { target: [0, 1, 1] })).toThrow('expected 2 labels, one per row, got 3');
});
