import { Table } from '@churn/core';
import { designMatrix } from './design-matrix.js';

const x = Table.fromColumns({
  a: [1, 2],
  b: [3, Number.NaN],
  c: [Number.POSITIVE_INFINITY, 4],
  d: [0, Number.NEGATIVE_INFINITY],
  e: ['text', null],
});

describe('designMatrix', () => {
  it('returns the requested columns, in order, and ignores others', () => {
    const more = x.with({ z: [5, 6] });
    expect(designMatrix(more, ['z', 'a'])).toEqual([Float64Array.of(5, 6), Float64Array.of(1, 2)]);
    expect(designMatrix(x, [])).toEqual([]);
    expect(designMatrix(x.take([]), ['a', 'b'])).toEqual([new Float64Array(0), new Float64Array(0)]);
  });

  it.each([
    [
      'b',
      'invalid-data',
      'column "b", row 1: expected a finite number, got a missing value; impute or drop it',
    ],
    ['c', 'invalid-data', 'column "c", row 0: expected a finite number, got Infinity; impute or drop it'],
    ['d', 'invalid-data', 'column "d", row 1: expected a finite number, got -Infinity; impute or drop it'],
    ['e', 'column-kind', 'column "e": expected numbers, got categories'],
    ['f', 'column-name', 'column "f" is missing; the table has: a, b, c, d, e'],
  ])('rejects column %s', (name, code, message) => {
    expect(() => designMatrix(x, ['a', name])).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
