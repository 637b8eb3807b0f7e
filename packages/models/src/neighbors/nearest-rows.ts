import { pow } from '@churn/core';
import type { Rows } from './nearest-engine.js';
import { plainNearestEngine } from './plain-nearest-engine.js';
import { wasmNearestEngine } from './wasm-nearest-engine.js';

/** The rows nearest to a point, nearest first, ties in the order of the rows. */
export interface Nearest {
  readonly rows: Int32Array;
  /** Their Minkowski distances `(Σ |x_j - z_j|^p)^(1/p)`. */
  readonly distances: Float64Array;
  /** The number of rows found: those at infinite distance are left out. */
  readonly count: number;
}

/** The number of points that are searched for together. */
const BATCH = 64;
/** For fewer points, rearranging the rows for WebAssembly takes longer than the search. */
const FEW = 8;

/**
 * Finds the rows nearest to points by exhaustive search, which no index beats with more than a few features.
 *
 * @param columns the points, one array per feature.
 * @param nNeighbors at most the number of rows.
 * @param use called with the index of each point, in order; the arrays are reused.
 */
export function forEachNearest(
  rows: Rows,
  columns: readonly Float64Array[],
  { nNeighbors, p }: { readonly nNeighbors: number; readonly p: number },
  use: (point: number, nearest: Nearest) => void,
): void {
  const nAll = columns[0].length;
  const search = { nPoints: Math.min(BATCH, nAll), nNeighbors, p };
  const engine =
    (nAll < FEW ? undefined : wasmNearestEngine(rows, search)) ?? plainNearestEngine(rows, search);
  const { points, neighbors, distances, counts } = engine;
  const rootOf = p === 2 ? Math.sqrt : p === 1 ? (sum: number) => sum : (sum: number) => pow(sum, 1 / p);
  for (let from = 0; from < nAll; from += BATCH) {
    const length = Math.min(BATCH, nAll - from);
    columns.forEach((column, j) => {
      for (let i = 0, at = j; i < length; i++, at += columns.length) points[at] = column[from + i];
    });
    engine.search(length);
    for (let i = 0, start = 0; i < length; i++, start += nNeighbors) {
      const count = counts[i];
      for (let at = start; at < start + count; at++) distances[at] = rootOf(distances[at]);
      use(from + i, {
        rows: neighbors.subarray(start, start + nNeighbors),
        distances: distances.subarray(start, start + nNeighbors),
        count,
      });
    }
  }
}
