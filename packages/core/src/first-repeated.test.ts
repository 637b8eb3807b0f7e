import { firstRepeated } from './first-repeated.js';

it.each([
  [[], undefined],
  [['a', 'b'], undefined],
  [['a', 'b', 'b', 'a'], 'b'],
  [[0, -0], -0],
  [[NaN, 1, NaN], NaN],
  [[1, '1', true], undefined],
])('of %j is %p', (values, expected) => {
  expect(firstRepeated<unknown>(values)).toBe(expected);
});
