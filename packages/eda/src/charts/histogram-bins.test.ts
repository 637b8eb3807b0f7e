import fc from 'fast-check';
import { distinctValues } from '../profile/distinct-values.js';
import { finiteValues } from '../profile/finite-values.js';
import { histogram } from '../profile/histogram.js';
import { histogramBins } from './histogram-bins.js';

const counted = (values: number[]) => finiteValues(distinctValues(Float64Array.from(values)));

describe('histogramBins', () => {
  it('uses one bin per integer if they are few', () => {
    expect(histogramBins(counted([0, 1, 2, 2, 1, 2]), 60)).toEqual({
      edges: [-0.5, 0.5, 1.5, 2.5],
      counts: [1, 2, 3],
      isSingle: true,
    });
    expect(histogramBins(counted([-1, 3, 3]), 60)).toEqual({
      edges: [-1.5, -0.5, 0.5, 1.5, 2.5, 3.5],
      counts: [1, 0, 0, 0, 2],
      isSingle: true,
    });
    expect(histogramBins(counted([7, 7]), 60)).toEqual({ edges: [6.5, 7.5], counts: [2], isSingle: true });
  });

  it('respects the maximum number of bins', () => {
    expect(histogramBins(counted([0, 1, 2, 3, 4]), 2)).toEqual({
      edges: [-0.5, 2.5, 5.5],
      counts: [3, 2],
      isSingle: false,
    });
  });

  it('agrees with numpy if values are not integers, or beyond exact ones', () => {
    for (const values of [
      [0.5, 1, 2, 9],
      [2 ** 60, 2 ** 60 + 2 ** 20],
    ]) {
      const { edges, counts } = histogram(counted(values), 60);
      expect(histogramBins(counted(values), 60)).toEqual({ edges, counts, isSingle: false });
    }
  });

  it('of integers contains every row, with equally wide bins, up to the maximum number', () => {
    const values = fc.array(fc.integer({ min: -(10 ** 6), max: 10 ** 6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 60 }), (column, maxBins) => {
        const { edges, counts } = histogramBins(counted(column), maxBins);
        expect(counts.length).toBeLessThanOrEqual(maxBins);
        expect(edges).toHaveLength(counts.length + 1);
        counts.forEach((count, i) => {
          expect(Number.isInteger(edges[i + 1] - edges[i])).toBe(true);
          expect(count).toBe(column.filter((value) => value > edges[i] && value < edges[i + 1]).length);
        });
        expect(counts.reduce((total, count) => total + count, 0)).toBe(column.length);
      }),
    );
  });
});
