import { Random } from '@churn/core';
import fc from 'fast-check';
import { binCodes, binEdges, binOf, MISSING_BIN } from './bins.js';

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
  minLength: 1,
  maxLength: 60,
});

describe('binEdges', () => {
  it('lie midway between neighbours if there are few distinct values', () => {
    expect(Array.from(binEdges([Float64Array.of(3, 1, NaN, 1, 7)], 255)[0])).toEqual([2, 5]);
    expect(binEdges([Float64Array.of(4, 4)], 255)[0]).toHaveLength(0);
    expect(binEdges([Float64Array.of(NaN)], 255)[0]).toHaveLength(0);
  });

  it('separate huge, tiny and adjacent numbers', () => {
    expect(Array.from(binEdges([Float64Array.of(-1.7e308, 1.7e308)], 255)[0])).toEqual([0]);
    const next = 1 + 2 ** -52;
    const edges = binEdges([Float64Array.of(1, next)], 255)[0];
    expect([binOf(1, edges), binOf(next, edges)]).toEqual([0, 1]);
  });

  it('give each distinct value its own bin if there are enough bins', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const distinct = [...new Set(values.map((value) => value + 0))].sort((a, b) => a - b);
        const edges = binEdges([Float64Array.from(values)], 255)[0];
        expect(distinct.map((value) => binOf(value, edges))).toEqual(distinct.map((_, i) => i));
      }),
    );
  });

  it('have about equally many rows each if there are not', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => Math.sqrt(i));
    const edges = binEdges([values], 50)[0];
    expect(edges).toHaveLength(49);
    const counts = new Int32Array(50);
    for (const code of binCodes(values, edges)) counts[code]++;
    expect(Math.min(...counts)).toBeGreaterThan(150);
    expect(Math.max(...counts)).toBeLessThan(250);
  });

  it('give a very frequent value its own bin', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? 5 : i / 100));
    const edges = binEdges([values], 10)[0];
    const alone = binOf(5, edges);
    expect([binOf(4.999, edges), binOf(6.01, edges)]).toEqual([alone, alone + 1]);
    expect(edges.length).toBeLessThan(10);
  });

  it('do not depend on the number of columns or threads', () => {
    const random = new Random(3);
    const values = Float64Array.from({ length: 200_000 }, () => Math.exp(3 * random.normal()));
    const rising = values.slice().sort();
    // More values than are sorted at a time.
    const columns = Array.from({ length: 22 }, (_, j) => (j % 2 === 0 ? values : rising));
    const edges = binEdges(columns, 255, undefined, 3);
    expect(edges).toHaveLength(22);
    expect(new Set(edges.map(String))).toEqual(new Set([String(binEdges([values], 255)[0])]));
    expect(edges[0]).toHaveLength(254);
  });

  it('are those of a reproducible sample with more than 200,000 rows', () => {
    const nRows = 300_000;
    const rising = Float64Array.from({ length: nRows }, (_, row) => row);
    const edges = binEdges([rising], 10)[0];
    expect(edges).toEqual(binEdges([rising], 10)[0]);
    expect(edges).toHaveLength(9);
    // A tenth of a sample of 200,000 is 20,000 with a standard deviation of 134: the edges are within 2 % of a bin of those of all rows.
    edges.forEach((edge, i) => {
      expect(Math.abs(edge - 30_000 * (i + 1))).toBeLessThan(1500);
    });
    // All edges of a sample of this size are integers or midway between two.
    expect(edges.every((edge) => Number.isInteger(2 * edge))).toBe(true);
    const exact = binEdges([rising.subarray(0, 200_000)], 10)[0];
    expect(Array.from(exact)).toEqual(Array.from({ length: 9 }, (_, i) => 20_000 * (i + 1) - 0.5));
    const few = Float64Array.from(rising, (row) => row % 3);
    expect(Array.from(binEdges([few], 10)[0])).toEqual([0.5, 1.5]);
  });

  it('increase, and are fewer than the maximum number of bins', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 20 }), (values, maxBins) => {
        const edges = binEdges([Float64Array.from(values)], maxBins)[0];
        expect(edges.length).toBeLessThan(maxBins);
        for (let i = 1; i < edges.length; i++) expect(edges[i]).toBeGreaterThan(edges[i - 1]);
      }),
    );
  });
});

describe('binOf', () => {
  it('is the first bin whose edge is not below the value', () => {
    fc.assert(
      fc.property(numbers, fc.double({ noNaN: true }), (values, value) => {
        const edges = binEdges([Float64Array.from(values)], 16)[0];
        const slow = edges.findIndex((edge) => value <= edge);
        expect(binOf(value, edges)).toBe(slow < 0 ? edges.length : slow);
      }),
    );
  });

  it('has a separate code for missing values', () => {
    expect(binOf(NaN, Float64Array.of(1))).toBe(MISSING_BIN);
    expect(binCodes(Float64Array.of(NaN, 0, 2), Float64Array.of(1))).toEqual(Uint8Array.of(255, 0, 1));
  });
});

describe('binCodes', () => {
  it('agree with `binOf` for many values of any size and any distance of edges', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 300 }), (drawn) => {
        const edges = binEdges([Float64Array.from(drawn.filter(Number.isFinite))], 255)[0];
        const values = Float64Array.from({ length: 2100 }, (_, i) =>
          i % 2 ? drawn[i % drawn.length] : (edges[i % edges.length] ?? NaN),
        );
        expect(binCodes(values, edges)).toEqual(Uint8Array.from(values, (value) => binOf(value, edges)));
      }),
    );
  });

  it('are correct if most edges are close together', () => {
    const edges = Float64Array.from({ length: 200 }, (_, i) => 1.5 ** i);
    const values = Float64Array.from(
      { length: 5000 },
      (_, i) => 1.5 ** ((i % 210) - 5) * (1 + (i % 3) * 1e-16),
    );
    expect(binCodes(values, edges)).toEqual(Uint8Array.from(values, (value) => binOf(value, edges)));
  });
});
