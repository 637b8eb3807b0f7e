import fc from 'fast-check';
import { inverseYeoJohnson, yeoJohnson, yeoJohnsonAll } from './yeo-johnson';

it.each([
  { value: 3, lambda: 2, expected: 7.5 },
  { value: 3, lambda: 0, expected: Math.log(4) },
  { value: 3, lambda: -1, expected: 0.75 },
  { value: -3, lambda: 0, expected: -7.5 },
  { value: -3, lambda: 2, expected: -Math.log(4) },
  { value: -3, lambda: 3, expected: -0.75 },
  { value: 0, lambda: -5, expected: 0 },
  { value: -3.3, lambda: 1, expected: -3.3 },
])('transforms $value by lambda $lambda to $expected', ({ value, lambda, expected }) => {
  expect(yeoJohnson(value, lambda)).toBeCloseTo(expected, 14);
  expect(inverseYeoJohnson(expected, lambda)).toBeCloseTo(value, 13);
});

it('is undone by its inverse', () => {
  const values = fc.double({ min: -100, max: 100, noNaN: true });
  const lambdas = fc.oneof(
    fc.double({ min: -1, max: 3, noNaN: true }),
    fc.constantFrom(0, 2, 1e-12, 2 - 1e-12, 1e-17),
  );
  fc.assert(
    fc.property(values, lambdas, (value, lambda) => {
      const back = inverseYeoJohnson(yeoJohnson(value, lambda), lambda);
      expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-300);
    }),
  );
});

it('increases with the value', () => {
  const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(numbers, numbers, fc.double({ min: -3, max: 5, noNaN: true }), (a, b, lambda) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(yeoJohnson(low, lambda)).toBeLessThanOrEqual(yeoJohnson(high, lambda));
    }),
  );
});

it('returns the largest number if a result overflows', () => {
  expect(yeoJohnson(1e200, 3)).toBe(Number.MAX_VALUE);
  expect(yeoJohnson(-1e200, -1)).toBe(-Number.MAX_VALUE);
  expect(inverseYeoJohnson(1000, 0)).toBe(Number.MAX_VALUE);
});

it('keeps missing values', () => {
  expect(yeoJohnsonAll(Float64Array.of(NaN, 3), -1)).toEqual(Float64Array.of(NaN, yeoJohnson(3, -1)));
  expect(inverseYeoJohnson(NaN, 2)).toBeNaN();
});
