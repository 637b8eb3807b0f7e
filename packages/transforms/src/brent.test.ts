import fc from 'fast-check';
import { minimizeBounded } from './brent';

it('finds the minimum of a parabola in few steps', () => {
  let count = 0;
  const parabola = (t: number) => {
    count++;
    return (t - 3) ** 2;
  };
  const x = minimizeBounded(parabola, -100, 50, 1e-9);
  expect(x).toBeCloseTo(3, 7);
  expect(count).toBeLessThan(15);
});

it('finds the minimum of a function without a parabola', () => {
  expect(minimizeBounded((t) => Math.abs(t - 0.3), -1, 1, 1e-9)).toBeCloseTo(0.3, 7);
});

it('stays within the bounds and comes to one where the minimum is there', () => {
  const seen: number[] = [];
  const identity = (t: number) => {
    seen.push(t);
    return t;
  };
  const x = minimizeBounded(identity, 2, 5, 1e-9);
  expect(x).toBeCloseTo(2, 6);
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...seen)).toBeLessThanOrEqual(5);
});

it('turns away from where the function has no value', () => {
  expect(minimizeBounded((t) => Math.log(t) ** 2, -1, 5, 1e-9)).toBeCloseTo(1, 6);
});

it('finds any minimum of a convex function', () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (minimum) => {
      const x = minimizeBounded((t) => Math.cosh((t - minimum) / 20), -60, 60, 1e-9);
      expect(Math.abs(x - minimum)).toBeLessThan(1e-5);
    }),
  );
});
