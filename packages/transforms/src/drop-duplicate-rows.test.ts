import { Table } from '@churn/core';
import fc from 'fast-check';
import { dropDuplicateRows } from './drop-duplicate-rows';

it('keeps the first of equal rows, and reports which rows it kept', () => {
  const x = Table.fromRows([
    { a: 1, k: 'x' },
    { a: 1, k: 'y' },
    { a: 1, k: 'x' },
    { a: 2, k: 'x' },
    { a: 1, k: 'y' },
  ]);
  const { table, rows } = dropDuplicateRows(x);
  expect(rows).toEqual(Int32Array.of(0, 1, 3));
  expect(table.toRows()).toEqual([x.row(0), x.row(1), x.row(3)]);
});

it('compares the given columns', () => {
  const x = Table.fromColumns({ a: [1, 1, 2], b: [1, 2, 2] });
  expect(dropDuplicateRows(x, { columns: ['a'] }).rows).toEqual(Int32Array.of(0, 2));
  expect(dropDuplicateRows(x, { columns: [] }).rows).toEqual(Int32Array.of(0, 1, 2));
  expect(() => dropDuplicateRows(x, { columns: ['c'] })).toThrow('column "c" is missing');
});

it('treats missing values as equal, and -0 as 0', () => {
  const payload = new Float64Array(new BigUint64Array([0x7ff8000000000001n]).buffer)[0];
  const x = Table.fromColumns({
    a: Float64Array.of(NaN, payload, 0, -0),
    k: [null, null, 'x', 'x'],
  });
  expect(dropDuplicateRows(x).rows).toEqual(Int32Array.of(0, 2));
});

it('distinguishes values that are equal when concatenated', () => {
  const x = Table.fromColumns({ k: ['a', 'a,b', 'null'], l: ['b,c', 'c', null] });
  expect(dropDuplicateRows(x).rows.length).toBe(3);
});

it('returns the same table if there are no duplicates, or no rows', () => {
  const x = Table.fromColumns({ a: [1, 2] });
  expect(dropDuplicateRows(x).table).toBe(x);
  expect(dropDuplicateRows(x.take([])).rows).toEqual(new Int32Array(0));
  expect(dropDuplicateRows(Table.fromColumns({}, 3)).rows).toEqual(Int32Array.of(0, 1, 2));
});

it('agrees with comparing all pairs of rows', () => {
  const row = fc.record({
    a: fc.constantFrom(0, 1, 2 ** 40, 2 ** 40 + 1, null),
    k: fc.constantFrom('x', 'y', null),
  });
  const kinds = new Map([
    ['a', 'numeric'],
    ['k', 'category'],
  ] as const);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const expected = rows.flatMap(({ a, k }, i) =>
        rows.findIndex((other) => other.a === a && other.k === k) === i ? [i] : [],
      );
      expect(Array.from(dropDuplicateRows(Table.fromRows(rows, kinds)).rows)).toEqual(expected);
    }),
  );
});
