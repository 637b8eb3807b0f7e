import { areShares } from './shares.js';

it('recognises shares that sum to 1', () => {
  expect(areShares([0.25, 0, 0.75])).toBe(true);
  expect(areShares(Array.from({ length: 256 }, () => 1 / 256))).toBe(true);
  expect(areShares(Array.from({ length: 10 }, () => 0.1))).toBe(true);
  for (const values of [
    [],
    [0.5],
    [0.5, 0.6],
    [-0.5, 1.5],
    [NaN, 1],
    [Infinity, -Infinity],
    [1e308, -1e308],
  ]) {
    expect({ values, are: areShares(values) }).toEqual({ values, are: false });
  }
});

it('checks only the given range', () => {
  const values = Float64Array.of(9, 0.5, 0.5, 9);
  expect(areShares(values, 1, 3)).toBe(true);
  expect(areShares(values, 0, 2)).toBe(false);
});
