import fc from 'fast-check';
import reference from '../../test/reference/calibration.json';
import { isotonicRegression, isotonicValues } from './isotonic-regression.js';

describe('isotonicRegression', () => {
  it('replaces decreasing points by their mean', () => {
    const fit = isotonicRegression([1, 2, 3, 4], [1, 3, 2, 4]);
    expect(fit).toEqual({ x: [1, 2, 3, 4], y: [1, 2.5, 2.5, 4] });
    expect(isotonicValues(fit, Float64Array.of(-5, 1.5, 2.2, 3.5, 9))).toEqual(
      Float64Array.of(1, 1.75, 2.5, 3.25, 4),
    );
  });

  it('pools by weights, as far back as needed', () => {
    expect(isotonicRegression([3, 1, 2], [0, 4, 4], [2, 1, 1])).toEqual({ x: [1, 3], y: [2, 2] });
  });

  it('treats points of equal x as one, whatever their y', () => {
    expect(isotonicRegression([1, 1, 2], [0, 6, 1], [2, 1, 1])).toEqual({ x: [1, 2], y: [1.75, 1.75] });
    expect(isotonicRegression([0, -0, 1], [0, 1, 2])).toEqual({ x: [0, 1], y: [0.5, 2] });
  });

  it('ignores points without weight', () => {
    expect(isotonicRegression([1, 2, 3], [1, -9, 3], [1, 0, 1])).toEqual({ x: [1, 3], y: [1, 3] });
  });

  it.each(reference.isotonic)(
    'agrees with scikit-learn on $name',
    ({ x, y, weights, thresholds, at, values }) => {
      const fit = isotonicRegression(x, y, weights ?? undefined);
      const received = isotonicValues(fit, Float64Array.from(at));
      values.forEach((value, i) => {
        expect(Math.abs(received[i] - value)).toBeLessThan(1e-13);
      });
      expect(fit.x[0]).toBe(thresholds.x[0]);
      expect(fit.x.at(-1)).toBe(thresholds.x.at(-1));
    },
  );

  const points = fc.array(
    fc.record({
      x: fc.integer({ min: -20, max: 20 }),
      y: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 1, max: 9 }).map((weight) => weight / 7),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('is monotone, stays within the y, and keeps the weighted mean', () => {
    fc.assert(
      fc.property(points, (all) => {
        const [x, y, weights] = [all.map((p) => p.x), all.map((p) => p.y), all.map((p) => p.weight)];
        const fit = isotonicRegression(x, y, weights);
        const grid = Float64Array.from({ length: 200 }, (_, i) => -25 + i / 4);
        const heights = isotonicValues(fit, grid);
        expect(heights.findIndex((height, i) => height < (i === 0 ? 0 : heights[i - 1]))).toBe(-1);
        expect(heights.at(-1)).toBeLessThanOrEqual(1);
        const fitted = isotonicValues(fit, Float64Array.from(x));
        const excess = fitted.reduce((sum, height, i) => sum + weights[i] * (height - y[i]), 0);
        expect(Math.abs(excess)).toBeLessThan(1e-10);
      }),
    );
  });

  it('agrees with the min-max formula: the maximum of the minimum means over ranges that contain the point', () => {
    fc.assert(
      fc.property(points, (all) => {
        const places = [...new Set(all.map((p) => p.x))].sort((a, b) => a - b);
        const meanOver = (from: number, to: number) => {
          const inside = all.filter((p) => p.x >= from && p.x <= to);
          return (
            inside.reduce((sum, p) => sum + p.weight * p.y, 0) / inside.reduce((sum, p) => sum + p.weight, 0)
          );
        };
        const fit = isotonicRegression(
          all.map((p) => p.x),
          all.map((p) => p.y),
          all.map((p) => p.weight),
        );
        const received = isotonicValues(fit, Float64Array.from(places));
        places.forEach((_, i) => {
          const expected = Math.max(
            ...places
              .slice(0, i + 1)
              .map((from) => Math.min(...places.slice(i).map((to) => meanOver(from, to)))),
          );
          expect(received[i]).toBeCloseTo(expected, 10);
        });
      }),
      { numRuns: 50 },
    );
  });

  it.each<[number[], number[], number[] | undefined, string]>([
    [[1, 2], [1], undefined, 'isotonicRegression: 2 x, but 1 y and no weights'],
    [[1], [1], [1, 1], 'isotonicRegression: 1 x, but 1 y and 2 weights'],
    [[1, NaN], [1, 1], undefined, 'point 1: expected finite numbers and a weight of at least 0, got x NaN'],
    [[1], [Infinity], undefined, 'point 0'],
    [[1], [1], [-1], 'weight -1'],
    [[1], [1], [0], 'expected a point with weight, got none'],
    [[], [], undefined, 'expected a point with weight, got none'],
  ])('rejects x %j, y %j, weights %j', (x, y, weights, message) => {
    expect(() => isotonicRegression(x, y, weights)).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: expect.stringContaining(message) }),
    );
  });
});

it('lies between opposite huge points, and is NaN for NaN', () => {
  const fit = { x: [-1.5e308, 1.5e308], y: [0, 1] };
  const values = Float64Array.of(-1.5e308, -0.75e308, 0, 1.5e308, Infinity, -Infinity, NaN);
  expect(Array.from(isotonicValues(fit, values))).toEqual([0, 0.25, 0.5, 1, 1, 0, NaN]);
});
