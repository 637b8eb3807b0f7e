import { nextAbove, nextBelow } from './next-number.js';

test('neighbours of doubles', () => {
  expect(nextAbove(1)).toBe(1 + Number.EPSILON);
  expect(nextBelow(1)).toBe(1 - Number.EPSILON / 2);
  expect(nextAbove(-1)).toBe(-1 + Number.EPSILON / 2);
  expect(nextAbove(0)).toBe(Number.MIN_VALUE);
  expect(nextAbove(-0)).toBe(Number.MIN_VALUE);
  expect(nextBelow(0)).toBe(-Number.MIN_VALUE);
  expect(nextBelow(Number.MIN_VALUE)).toBe(0);
  expect(nextAbove(Number.MAX_VALUE)).toBe(Infinity);
  expect(nextAbove(Infinity)).toBe(Infinity);
  expect(nextAbove(NaN)).toBeNaN();
});
