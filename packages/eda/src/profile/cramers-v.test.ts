import { associationMatrix } from './association-matrix.js';
import { cramersV } from './cramers-v.js';

const codes = (...values: number[]) => Int32Array.from(values);

it('has the association computed by hand, corrected for bias', () => {
  // Cells 3, 1, 1, 3: chi² 2, phi² 1/4, less 1/7; both sides have 2 - 1/7 levels.
  const v = cramersV(codes(0, 0, 0, 0, 1, 1, 1, 1), 2, codes(0, 0, 0, 1, 0, 1, 1, 1), 2);
  expect(v).toBeCloseTo(Math.sqrt((1 / 4 - 1 / 7) / (6 / 7)), 14);
});

it('ignores rows without a level and levels without rows', () => {
  const whole = cramersV(codes(0, 0, 1, 1, 1), 2, codes(0, 0, 1, 1, 0), 2);
  expect(cramersV(codes(0, 0, 2, 2, 2, -1, 0), 3, codes(0, 0, 1, 1, 0, 1, -1), 5)).toBe(whole);
});

it('is null for one level, and if each row has its own', () => {
  expect(cramersV(codes(0, 0, 0), 1, codes(0, 1, 0), 2)).toBeNull();
  expect(cramersV(codes(), 0, codes(), 0)).toBeNull();
  expect(cramersV(codes(0, 1, 2), 3, codes(0, 1, 2), 3)).toBeNull();
});

it('is a symmetric matrix', () => {
  const a = { codes: codes(0, 0, 0, 1, 1, 1), counts: codes(3, 3) };
  const b = { codes: codes(0, 0, 1, 1, 1, 1), counts: codes(2, 4) };
  const constant = { codes: codes(0, 0, 0, 0, 0, -1), counts: codes(5, 0) };
  const [first, second, third] = associationMatrix([a, b, constant]);
  expect([first[0], second[1], third]).toEqual([1, 1, [null, null, null]]);
  expect(first[1]).toBe(second[0]);
  expect(first[1]).toBeGreaterThan(0);
});
