import { Table } from '@churn/core';
import fc from 'fast-check';
import { histogramChart } from '../charts/histogram-chart.js';
import { distinctValues } from './distinct-values.js';
import { finiteValues } from './finite-values.js';
import { histogram } from './histogram.js';
import { profile } from './profile.js';

const of = (values: readonly number[], maxBins = 60) =>
  histogram(finiteValues(distinctValues(Float64Array.from(values))), maxBins);

const LARGEST = Number.MAX_VALUE;
const SMALLEST = Number.MIN_VALUE;

it.each([
  [[LARGEST, LARGEST], [LARGEST * (1 - 2 ** -52), LARGEST], [2]],
  [[-LARGEST], [-LARGEST, -LARGEST * (1 - 2 ** -52)], [1]],
  [[2 ** 60], [2 ** 60 - 2 ** 8, 2 ** 60 + 2 ** 8], [1]],
  [[SMALLEST], [-0.5, 0.5], [1]],
  [[0, SMALLEST], [0, SMALLEST], [2]],
])('of %j has strictly increasing edges', (values, edges, counts) => {
  expect(of(values)).toEqual({ edges, counts, isCapped: false });
});

it('spans the whole range of numbers', () => {
  const { edges, counts } = of([-LARGEST, -1, 0, 1, LARGEST]);
  expect([edges[0], edges[edges.length - 1]]).toEqual([-LARGEST, LARGEST]);
  expect(counts.length).toBeGreaterThan(1);
  expect([counts[0], counts[counts.length - 1]]).toEqual([1, 1]);
});

/** Numbers of all sizes, and those at the ends of their range. */
const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(LARGEST, -LARGEST, SMALLEST, -SMALLEST, 0, -0, 2 ** 53, 2 ** 53 + 2, 1, 1 + Number.EPSILON),
  fc.integer({ min: 0, max: 9 }).map((k) => k * SMALLEST),
  fc.integer({ min: 0, max: 9 }).map((k) => LARGEST * (1 - k * 2 ** -52)),
);

it('has a bin for every value, with finite increasing edges', () => {
  fc.assert(
    fc.property(
      fc.array(anyNumber, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 60 }),
      (values, maxBins) => {
        const { edges, counts } = of(values, maxBins);
        expect(edges).toHaveLength(counts.length + 1);
        expect(counts.length).toBeLessThanOrEqual(maxBins);
        expect(edges.every(Number.isFinite)).toBe(true);
        expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1])).toBe(true);
        const isLast = (i: number) => i === counts.length - 1;
        counts.forEach((count, i) => {
          const within = values.filter(
            (value) => value >= edges[i] && (isLast(i) ? value <= edges[i + 1] : value < edges[i + 1]),
          );
          expect(count).toBe(within.length);
        });
      },
    ),
    { numRuns: 1000 },
  );
});

it('is drawn, and part of a profile, whatever the numbers', () => {
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 10 }), (values) => {
      const [column] = profile(Table.fromColumns({ a: values })).columns;
      const shown = 'histogram' in column ? column.histogram : undefined;
      expect(shown?.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      const text = JSON.stringify(histogramChart('a', values));
      const [{ domain }] = Array.from(text.matchAll(/"domain":(\[[^\]]*\])/g), ([, list]) => ({
        domain: JSON.parse(list),
      }));
      expect(domain.every(Number.isFinite) && domain[0] < domain[1]).toBe(true);
    }),
    { numRuns: 200 },
  );
});
