import { numberList } from './number-list';

it.each([
  [{}, 'of no columns'],
  [{ a: 1.23456, b: null }, '"a" 1.235, "b" unknown'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, '"a" 1, "b" 2, "c" 3, "d" 4, "e" 5'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, '"a" 1, "b" 2, "c" 3, "d" 4, "e" 5, … (6 in all)'],
])('shows %j', (figures, expected) => {
  expect(numberList(figures)).toBe(expected);
});
