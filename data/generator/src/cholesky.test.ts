import { choleskyOfCorrelation } from './cholesky.js';

test('factors a matrix worked out by hand', () => {
  // [1 .6 .8; .6 1 .48; .8 .48 1]: the second row is (.6, .8), the third (.8, 0, .6).
  const factor = choleskyOfCorrelation(3, [0.6, 0.8, 0.48]);
  [1, 0.6, 0.8, 0.8, 0, 0.6].forEach((value, i) => {
    expect(factor[i]).toBeCloseTo(value, 12);
  });
});

test('refuses a matrix that no variables can have', () => {
  expect(() => choleskyOfCorrelation(2, [1.5])).toThrow(/not positive definite: see its row 1/);
});
