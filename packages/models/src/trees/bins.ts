import { Random } from '@churn/core';
import { binInWasm } from './binner.js';
import { sortNumbers } from './sort-numbers.js';

/** The code of a missing value; the bins of a column are numbered from 0 to at most 254. */
export const MISSING_BIN = 255;

/** The most bins that a column can be cut into. */
export const MOST_BINS = 255;

/** Beyond this many rows the edges are learned from a sample of as many, as scikit-learn's and LightGBM's are. */
const SAMPLE_SIZE = 200_000;

/**
 * Cuts a numeric column into bins: the values where one bin ends and the next begins, rising. A value belongs to the
 * first bin whose edge it does not pass; beyond the last edge lies the last bin.
 *
 * With no more than `maxBins` distinct values each has a bin of its own, and the edges lie midway between neighbours.
 * Otherwise the bins hold about equally many rows each, a value that alone fills one having it for itself.
 */
export function binEdges(values: Float64Array, maxBins: number): Float64Array {
  const sorted = knownValues(sampled(values));
  sortNumbers(sorted);
  const nDistinct = countDistinct(sorted);
  const isLast = nDistinct <= maxBins ? () => true : fillsBin(sorted.length, maxBins);
  const edges: number[] = [];
  for (let start = 0, end = endOfRun(sorted, 0); end < sorted.length; ) {
    const nextEnd = endOfRun(sorted, end);
    if (isLast(end - start, nextEnd - end)) edges.push(midway(sorted[start], sorted[end]));
    start = end;
    end = nextEnd;
  }
  return Float64Array.from(edges);
}

/** A copy without the missing values. */
function knownValues(values: Float64Array): Float64Array {
  const known = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    known[n] = values[i];
    if (!Number.isNaN(values[i])) n++;
  }
  return known.subarray(0, n);
}

function countDistinct(sorted: Float64Array): number {
  let n = 0;
  for (let i = 0; i < sorted.length; i = endOfRun(sorted, i)) n++;
  return n;
}

/** Where the values that equal the one at `start` end. */
function endOfRun(sorted: Float64Array, start: number): number {
  let end = start + 1;
  while (end < sorted.length && sorted[end] === sorted[start]) end++;
  return end;
}

/** Fewer values are found sooner than given to WebAssembly. */
const FEWEST_FOR_WASM = 16;

/** The bin of each value; `MISSING_BIN` for a missing one. */
export function binCodes(values: Float64Array, edges: Float64Array): Uint8Array {
  const codes = new Uint8Array(values.length);
  if (values.length >= FEWEST_FOR_WASM && binInWasm(values, edges, codes)) return codes;
  for (let row = 0; row < values.length; row++) codes[row] = binOf(values[row], edges);
  return codes;
}

/** The bin of one value. */
export function binOf(value: number, edges: Float64Array): number {
  if (Number.isNaN(value)) return MISSING_BIN;
  let first = 0;
  let last = edges.length;
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (value <= edges[middle]) last = middle;
    else first = middle + 1;
  }
  return first;
}

/** Tells, going through distinct values in rising order, after which of them a bin is full. */
function fillsBin(nRows: number, maxBins: number): (count: number, next: number) => boolean {
  let rowsLeft = nRows;
  let binsLeft = maxBins;
  let inBin = 0;
  return (count, next) => {
    inBin += count;
    const fair = rowsLeft / binsLeft;
    // A heavy value begins a bin of its own, rather than swell the one before it.
    const isFull = binsLeft > 1 && (inBin >= fair || (next >= fair && inBin > 0));
    if (isFull) {
      rowsLeft -= inBin;
      binsLeft--;
      inBin = 0;
    }
    return isFull;
  };
}

function sampled(values: Float64Array): Float64Array {
  if (values.length <= SAMPLE_SIZE) return values;
  const random = new Random('bins');
  const sample = new Float64Array(SAMPLE_SIZE);
  for (let i = 0; i < SAMPLE_SIZE; i++) sample[i] = values[random.int(values.length)];
  return sample;
}

function midway(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  // Neighbouring floating-point numbers have none between them.
  return middle >= low && middle < high ? middle : low;
}
