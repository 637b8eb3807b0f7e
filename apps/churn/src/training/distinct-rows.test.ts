import { Table } from '@churn/core';
import { distinctRows } from './distinct-rows.js';

const table = Table.fromColumns({
  id: Float64Array.of(1, 2, 1, NaN, NaN, 2),
  branch: ['a', 'a', 'a', 'a', 'a', null],
  age: Float64Array.of(40, 50, 41, 60, 60, 70),
});
const found = (config: Partial<Parameters<typeof distinctRows>[1]>) => {
  const { rows, ...counts } = distinctRows(
    table,
    { duplicates: 'keep', uniqueBy: undefined, ...config },
    'data.csv',
  );
  return { rows: Array.from(rows), ...counts };
};

it('keeps duplicate rows, and counts them', () => {
  expect(found({})).toEqual({ rows: [0, 1, 2, 3, 4, 5], duplicates: 0, equal: 1 });
});

it('leaves them out if configured', () => {
  expect(found({ duplicates: 'drop' })).toEqual({ rows: [0, 1, 2, 3, 5], duplicates: 1, equal: 0 });
});

it('keeps the first row of each key, and all rows without one', () => {
  expect(found({ uniqueBy: ['id'] })).toEqual({ rows: [0, 1, 3, 4], duplicates: 2, equal: 1 });
  // A key lacks where any part of it does.
  expect(found({ uniqueBy: ['id', 'branch'] })).toEqual({ rows: [0, 1, 3, 4, 5], duplicates: 1, equal: 1 });
  expect(found({ uniqueBy: ['id'], duplicates: 'drop' })).toEqual({
    rows: [0, 1, 3],
    duplicates: 3,
    equal: 0,
  });
});

it('rejects a missing key column', () => {
  expect(() => found({ uniqueBy: ['nowhere'] })).toThrow(
    /^data\.uniqueBy: data\.csv: column "nowhere" is missing/,
  );
});
