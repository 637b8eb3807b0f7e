import { log2, pow } from '@churn/core';
import type { CountedValues } from './finite-values.js';
import { quantiles } from './quantiles.js';

/** How many rows fall into each of equally wide bins. */
export type Histogram = {
  /**
   * One more than there are bins, finite and each above the one before it, in the unit of the values. A bin holds its lower edge; the
   * last both.
   */
  readonly edges: readonly number[];
  /** The rows in each bin. */
  readonly counts: readonly number[];
  /** True where the rule asked for more bins than were allowed. */
  readonly isCapped: boolean;
};

/**
 * The histogram that `numpy.histogram` gives with `bins='auto'`, with at most `maxBins` bins; empty of no values.
 *
 * The width is the smaller of Sturges' `range / (log2(n) + 1)` and Freedman and Diaconis' `2 IQR / n^(1/3)`, the latter at least
 * `range / sqrt(n) / 2`; of integers at least 1, as numpy does it for an integer type. Where all values are the same, one bin of width 1
 * lies around them, or a wider one where numbers lie further apart. Where they lie so far apart that edges would fall together, there are
 * fewer bins. (Freedman and Diaconis, "On the histogram as a density estimator", 1981.)
 */
export function histogram(counted: CountedValues, maxBins: number): Histogram {
  const { values, counts, n } = counted;
  if (n === 0) return { edges: [], counts: [], isCapped: false };
  let first = values[0];
  let last = values[values.length - 1];
  let wanted = 1;
  if (first === last) {
    [first, last] = around(first);
  } else {
    const [q1, q3] = quantiles(counted, [0.25, 0.75]) as number[];
    // Halves, since the range itself may be beyond the largest number.
    const half = last / 2 - first / 2;
    const freedman = Math.max((q3 / 2 - q1 / 2) * 2 * pow(n, -1 / 3), half / Math.sqrt(n) / 2);
    let width = Math.min(half / (log2(n) + 1), freedman);
    if (width < 0.5 && values.every(Number.isInteger)) width = 0.5;
    // The width of values next to the smallest number is rounded to 0.
    wanted = width > 0 ? Math.max(1, Math.ceil(half / width)) : 1;
  }
  const nBins = Math.min(wanted, maxBins);
  const edges = risingEdges(first, last, nBins);
  const inBin = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (let i = 0; i < values.length; i++) {
    while (bin < inBin.length - 1 && values[i] >= edges[bin + 1]) bin++;
    inBin[bin] += counts[i];
  }
  return { edges, counts: inBin, isCapped: wanted > maxBins };
}

/** The edges of a bin around a value. */
function around(value: number): [number, number] {
  const edges: [number, number] = [value - 0.5, value + 0.5];
  if (edges[0] < value && value < edges[1]) return edges;
  // The next number on either side, as far as there is one.
  const gap = Math.abs(value) * Number.EPSILON;
  return [Math.max(value - gap, -Number.MAX_VALUE), Math.min(value + gap, Number.MAX_VALUE)];
}

/** Edges of up to `nBins` bins, as wide as each other. */
function risingEdges(first: number, last: number, nBins: number): number[] {
  const step = last / nBins - first / nBins;
  const isInRange = Number.isFinite(last - first);
  const edges = [first];
  for (let i = 1; i < nBins; i++) {
    // A range beyond the largest number is weighed out instead.
    const edge = isInRange ? first + i * step : first * (1 - i / nBins) + last * (i / nBins);
    if (edge > edges[edges.length - 1] && edge < last) edges.push(edge);
  }
  return [...edges, last];
}
