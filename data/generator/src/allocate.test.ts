import { allocate } from './allocate.js';

test('gives what is left to the largest remainders', () => {
  // 10 * (5, 3, 1) / 9 = 5.56, 3.33, 1.11.
  expect(allocate(10, [5, 3, 1])).toEqual([6, 3, 1]);
});

test('of equal remainders the first gets more', () => {
  expect(allocate(2, [1, 1, 1])).toEqual([1, 1, 0]);
});

test('gives back the weights when they add up to the total', () => {
  expect(allocate(10_127, [8500, 1627])).toEqual([8500, 1627]);
});
