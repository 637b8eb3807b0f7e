import NEAREST from '../../wasm/nearest.wasm';
import {
  addressOf,
  MAX_BYTES,
  setParameters,
  tryInstantiate,
  type WasmExports,
  type WasmGlobal,
} from '../wasm-module.js';
import type { NearestEngine, Rows, Search } from './nearest-engine.js';

type Parameters = 'nFeatures' | 'nPanels' | 'nPoints' | 'nNeighbors' | 'isEuclidean';

/** The exports of wasm/nearest.ts: parameters and addresses. */
interface Module
  extends WasmExports<Parameters | 'panels' | 'points' | 'neighbors' | 'distances' | 'counts'> {
  setUp(): void;
  search(length: number): void;
}

/** The number of rows of a panel. */
const ROWS = 8;

/** `undefined` for a power other than 1 and 2, if WebAssembly does not compile, or if its memory is too small. */
export function wasmNearestEngine(
  { values, nRows, nFeatures }: Rows,
  { nPoints, nNeighbors, p }: Search,
): NearestEngine | undefined {
  const nPanels = Math.ceil(nRows / ROWS);
  const nBytes = 8 * (nPanels * ROWS * nFeatures + nPoints * (nFeatures + 2 * nNeighbors + 1));
  if ((p !== 1 && p !== 2) || nBytes > MAX_BYTES) return undefined;
  const module = tryInstantiate<Module>(NEAREST);
  if (!module) return undefined;
  setParameters<Parameters>(module, { nFeatures, nPanels, nPoints, nNeighbors, isEuclidean: p === 2 });
  module.setUp();
  const { buffer } = module.memory;
  const numbers = (global: WasmGlobal, length: number) => new Float64Array(buffer, addressOf(global), length);
  const integers = (global: WasmGlobal, length: number) => new Int32Array(buffer, addressOf(global), length);
  const panels = numbers(module.panels, nPanels * ROWS * nFeatures);
  // The last panel's missing rows are infinitely far away.
  panels.fill(Infinity, (nPanels - 1) * ROWS * nFeatures);
  for (let row = 0, from = 0; row < nRows; row++) {
    const panel = row - (row % ROWS);
    for (let j = 0; j < nFeatures; j++, from++)
      panels[panel * nFeatures + j * ROWS + row - panel] = values[from];
  }
  return {
    points: numbers(module.points, nPoints * nFeatures),
    neighbors: integers(module.neighbors, nPoints * nNeighbors),
    distances: numbers(module.distances, nPoints * nNeighbors),
    counts: integers(module.counts, nPoints),
    search: module.search,
  };
}
