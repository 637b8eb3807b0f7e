import { lowerBound } from './lower-bound.js';

it('counts the numbers below a value', () => {
  const ascending = [1, 2, 2, 5];
  expect([0, 1, 1.5, 2, 3, 5, 6].map((value) => lowerBound(ascending, value))).toEqual([0, 0, 1, 1, 3, 3, 4]);
  expect(lowerBound([], 1)).toBe(0);
  expect(lowerBound(Float64Array.of(-Infinity, Infinity), 0)).toBe(1);
});
