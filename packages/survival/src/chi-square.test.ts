import { chiSquareTail } from './chi-square.js';

// Figures of SciPy 1.17's chi2.sf.
it.each([
  [0.1, 1, 0.7518296340458492],
  [3.84, 1, 0.05004352124870519],
  [100, 1, 1.5239706048320995e-23],
  [2, 2, 0.36787944117144245],
  [50, 3, 7.989179244951495e-11],
  [7.5, 5, 0.186029833602867],
  [300, 20, 8.082849629775851e-52],
  [12, 20, 0.9160759830051242],
  [900, 1000, 0.9892827619087102],
  [2000, 1001, 5.867332807196935e-69],
])('exceeds %d with %d degrees of freedom with the probability of SciPy', (x, freedom, tail) => {
  expect(chiSquareTail(x, freedom) / tail).toBeCloseTo(1, 11);
});

it('exceeds 0 and less with probability 1, and NaN with an undefined one', () => {
  expect(chiSquareTail(0, 3)).toBe(1);
  expect(chiSquareTail(-1, 1)).toBe(1);
  expect(chiSquareTail(NaN, 1)).toBeNaN();
});
