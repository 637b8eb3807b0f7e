import { conjugateGradients } from './conjugate-gradients.js';

it('solves 2 x + y = 3, x + 3 y = 5', () => {
  const times = ([x, y]: Float64Array) => Float64Array.of(2 * x + y, x + 3 * y);
  const how = { tolerance: 1e-12, maxIterations: 10 };
  const [x, y] = conjugateGradients(times, Float64Array.of(3, 5), how);
  expect(x).toBeCloseTo(0.8, 12);
  expect(y).toBeCloseTo(1.4, 12);
});

it('takes one iteration if preconditioned by the inverse', () => {
  const times = ([x, y]: Float64Array) => Float64Array.of(2 * x + y, x + 3 * y);
  const precondition = ([a, b]: Float64Array) => Float64Array.of((3 * a - b) / 5, (2 * b - a) / 5);
  const how = { tolerance: 1e-12, maxIterations: 1, precondition };
  const [x, y] = conjugateGradients(times, Float64Array.of(3, 5), how);
  expect(x).toBeCloseTo(0.8, 12);
  expect(y).toBeCloseTo(1.4, 12);
});
