import { Random } from '@churn/core';
import BIN_EDGES from '../../wasm/bin-edges.wasm';
import { openTeam, type ThreadedExports } from '../threads/team.js';
import { addressOf } from '../wasm-module.js';
import { binInWasm } from './binner.js';

/** The code of a missing value; bins are numbered from 0 to at most 254. */
export const MISSING_BIN = 255;

/** The maximum number of bins that a column can be cut into. */
export const MAX_BINS = 255;

/** With more rows, edges are determined from a sample of this size, as in scikit-learn and LightGBM. */
const SAMPLE_SIZE = 200_000;

/** The exports of wasm/bin-edges.ts. */
interface Module extends ThreadedExports<Parameter | 'values' | 'lengths' | 'edges' | 'nEdges'> {
  findEdges(nHere: number): void;
}
type Parameter = 'nColumns' | 'nValues' | 'maxBins' | 'nThreads';

/** The maximum number of values sorted at a time, unless a column has more. */
const VALUES_AT_ONCE = 2 ** 22;
/** The minimum number of values that are worth threads. */
const MIN_SHARED = 200_000;

/**
 * The edges of the bins of numeric columns, ascending. A value belongs to the first bin whose edge is not below it, or to the last bin if
 * it exceeds all edges.
 *
 * With at most `maxBins` distinct values, each has its own bin, and the edges lie midway between neighbours. Otherwise bins have about
 * equally many rows; a value frequent enough to fill a bin has its own.
 *
 * @param rows the rows to train on. Default all.
 * @param nThreads the maximum number of threads.
 */
export function binEdges(
  columns: readonly Float64Array[],
  maxBins: number,
  rows?: Int32Array,
  nThreads = 1,
): Float64Array[] {
  if (columns.length === 0) return [];
  const learned = sampled(columns[0].length, rows);
  const nValues = learned?.length ?? columns[0].length;
  const nColumns = Math.min(columns.length, Math.max(1, Math.floor(VALUES_AT_ONCE / nValues)));
  const most = columns.length * nValues < MIN_SHARED ? 1 : nThreads;
  const team = openTeam<Module, Parameter>(BIN_EDGES, { nColumns, nValues, maxBins, nThreads: most }, most);
  try {
    const { module } = team;
    const { buffer } = module.memory;
    const lengths = new Int32Array(buffer, addressOf(module.lengths), nColumns);
    const nEdges = new Int32Array(buffer, addressOf(module.nEdges), nColumns);
    const edges: Float64Array[] = [];
    while (edges.length < columns.length) {
      const here = columns.slice(edges.length, edges.length + nColumns);
      here.forEach((column, i) => {
        const values = new Float64Array(buffer, addressOf(module.values) + 8 * i * nValues, nValues);
        lengths[i] = takeKnown(column, learned, values);
      });
      module.findEdges(here.length);
      for (let i = 0; i < here.length; i++) {
        edges.push(new Float64Array(buffer, addressOf(module.edges) + 8 * 256 * i, nEdges[i]).slice());
      }
    }
    return edges;
  } finally {
    team.close();
  }
}

/** Writes the non-missing values of the given rows, or of all, and returns their number. */
function takeKnown(column: Float64Array, rows: Int32Array | undefined, to: Float64Array): number {
  let n = 0;
  for (let i = 0; i < to.length; i++) {
    const value = column[rows ? rows[i] : i];
    to[n] = value;
    if (!Number.isNaN(value)) n++;
  }
  return n;
}

/** The minimum number of values that are worth copying to WebAssembly. */
const MIN_FOR_WASM = 16;

/** The bin of each value; `MISSING_BIN` for a missing one. */
export function binCodes(values: Float64Array, edges: Float64Array): Uint8Array {
  const codes = new Uint8Array(values.length);
  if (values.length >= MIN_FOR_WASM && binInWasm(values, edges, codes)) return codes;
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

/** The training rows, or a sample if there are many; `undefined` for all. */
function sampled(nAll: number, rows: Int32Array | undefined): Int32Array | undefined {
  const nRows = rows?.length ?? nAll;
  if (nRows <= SAMPLE_SIZE) return rows;
  const random = new Random('bins');
  const sample = Int32Array.from({ length: SAMPLE_SIZE }, () => random.int(nRows)).sort();
  return rows ? sample.map((i) => rows[i]) : sample;
}
