import { type Column, type ColumnKind, QuantileSketch, type WeightedValues } from '@churn/core';
import { type FeatureBins, levelsWithBins } from './binning.js';

/** Determines the bins of a column that arrives in batches. */
export interface ColumnBins {
  /** @param rows the rows to use. */
  add(column: Column, rows: Int32Array): void;
  /** The bins of all added values. */
  bins(name: string): FeatureBins;
}

/** @param maxBins the maximum number of bins of a numeric column. */
export function columnBins(kind: ColumnKind, maxBins: number): ColumnBins {
  return kind === 'numeric' ? new NumericBins(maxBins) : new CategoryBins();
}

/**
 * The bins of numbers: as returned by `binEdges` if there are at most `maxBins` distinct values, or at most as many values as a sketch
 * keeps exactly; otherwise with about equally many rows each, up to the rank error of the sketch.
 */
class NumericBins implements ColumnBins {
  readonly #maxBins: number;
  readonly #sketch = new QuantileSketch({ seed: 'bins' });
  /** The count of each value, as long as there are few. */
  #counts: Map<number, number> | undefined = new Map();

  constructor(maxBins: number) {
    this.#maxBins = maxBins;
  }

  add(column: Column, rows: Int32Array): void {
    if (column.kind !== 'numeric') return;
    const values = taken(column.values, rows);
    if (this.#counts === undefined) this.#sketch.add(values);
    else this.#count(values, this.#counts);
  }

  bins(name: string): FeatureBins {
    const counts = this.#counts;
    if (counts === undefined) return { name, edges: edgesOf(this.#sketch.weighted(), this.#maxBins) };
    const values = Float64Array.from(counts.keys()).sort();
    const weighted = { values, counts: values.map((value) => counts.get(value) as number) };
    return { name, edges: edgesOf(weighted, this.#maxBins) };
  }

  #count(values: Float64Array, counts: Map<number, number>): void {
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(values[i])) continue;
      counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
      if (counts.size <= this.#maxBins) continue;
      for (const [value, count] of counts) this.#sketch.add(repeated(value, count));
      this.#counts = undefined;
      this.#sketch.add(values.subarray(i + 1));
      return;
    }
  }
}

/** The bins of the levels of a category. */
class CategoryBins implements ColumnBins {
  readonly #counts = new Map<string, number>();

  add(column: Column, rows: Int32Array): void {
    if (column.kind !== 'category') return;
    const counts = new Float64Array(column.levels.length);
    for (const row of rows) if (column.codes[row] >= 0) counts[column.codes[row]]++;
    column.levels.forEach((level, code) => {
      if (counts[code] > 0) this.#counts.set(level, (this.#counts.get(level) ?? 0) + counts[code]);
    });
  }

  bins(name: string): FeatureBins {
    return { name, levels: levelsWithBins([...this.#counts]) };
  }
}

/** The edges of bins for values with counts; if all counts are 1, it equals `binEdges`. */
function edgesOf({ values, counts }: WeightedValues, maxBins: number): Float64Array {
  const nRows = counts.reduce((sum, count) => sum + count, 0);
  const isLast = values.length <= maxBins ? () => true : fillsBin(nRows, maxBins);
  const edges: number[] = [];
  for (let i = 0; i + 1 < values.length; i++) {
    if (isLast(counts[i], counts[i + 1])) edges.push(midway(values[i], values[i + 1]));
  }
  return Float64Array.from(edges);
}

function taken(values: Float64Array, rows: Int32Array): Float64Array {
  if (rows.length === values.length) return values;
  const some = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) some[i] = values[rows[i]];
  return some;
}

function repeated(value: number, times: number): Float64Array {
  return new Float64Array(times).fill(value);
}

/** Returns a function that is called with distinct values in ascending order, and says whether a bin is full after each. */
function fillsBin(nRows: number, maxBins: number): (count: number, next: number) => boolean {
  let rowsLeft = nRows;
  let binsLeft = maxBins;
  let inBin = 0;
  return (count, next) => {
    inBin += count;
    const fair = rowsLeft / binsLeft;
    // A very frequent value starts its own bin instead of overfilling the previous one.
    const isFull = binsLeft > 1 && (inBin >= fair || (next >= fair && inBin > 0));
    if (isFull) {
      rowsLeft -= inBin;
      binsLeft--;
      inBin = 0;
    }
    return isFull;
  };
}

function midway(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  // There is nothing between adjacent floating-point numbers.
  return middle >= low && middle < high ? middle : low;
}
