import fc from 'fast-check';
import reference from '../test/reference/brent.json';
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

it('stays within the bounds, and reaches one if the minimum is there', () => {
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

it('avoids regions where the function is undefined', () => {
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

const functions: Readonly<Record<string, readonly [(t: number) => number, number, number]>> = {
  parabola: [(t) => (t - 3) ** 2, -100, 50],
  'parabola near a bound': [(t) => (t - 3) ** 2, 2.999, 50],
  quartic: [(t) => (t + 1.7) ** 4 + t, -6, 9],
  cosh: [(t) => Math.cosh((t - 12) / 20), -60, 60],
  'without a slope': [(t) => Math.abs(t - 0.3), -1, 1],
  'falls everywhere': [(t) => -t, 2, 5],
  'rises everywhere': [(t) => t, 2, 5],
  flat: [() => 1, -3, 4],
  'in steps': [(t) => Math.floor(Math.abs(t - 0.7) * 5), -3, 4],
  wave: [(t) => Math.sin(3 * t) + 0.1 * t * t, -4, 7],
  'far from 0': [(t) => (t - 1e6) ** 2 * (1 + 1e-6 * (t - 1e6)), 999_000, 1_001_500],
};

it.each(Object.entries(reference.points))('evaluates the same points as scipy: %s', (name, points) => {
  const [f, lower, upper] = functions[name];
  const seen: number[] = [];
  minimizeBounded((t) => f(seen[seen.push(t) - 1]), lower, upper, 1e-9);
  expect(seen.length).toBe(points.length);
  const furthest = Math.max(...seen.map((t, i) => Math.abs(t - points[i])));
  expect(furthest).toBeLessThan(1e-7 * (upper - lower));
});
