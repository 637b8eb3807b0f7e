// AssemblyScript. Bins rows.

import { edgesBelow } from '../edges-below';
import { fork, nextPiece } from '../threads';
import { columnOf } from './histograms';
import { args, edges, EDGES, hasMissing, nFeatures, nRows, offsets, STAGED, staged } from './memory';

/** The number of rows that a thread takes at a time. */
const ROWS: i32 = 2048;

// The arguments of the forked function: the first of eight features, the first staged row and the number of staged rows.
const FEATURE: usize = 0;
const FIRST: usize = 4;
const COUNT: usize = 8;

/** Bins the staged values of eight features starting with `feature`, in `nHere` rows starting with `first`. */
export function findBins(feature: i32, first: i32, nHere: i32): void {
  store<i32>(args, feature, FEATURE);
  store<i32>(args, first, FIRST);
  store<i32>(args, nHere, COUNT);
  fork(findSome, 0);
}

function findSome(_: i32, thread: i32, nThreads: i32): void {
  const feature = load<i32>(args, FEATURE);
  const nHere = load<i32>(args, COUNT);
  for (let start = ROWS * nextPiece(); start < nHere; start = ROWS * nextPiece()) {
    for (let i = 0; i < min(8, nFeatures - feature); i++) findColumn(feature + i, i, start, min(start + ROWS, nHere));
  }
}

function findColumn(feature: i32, place: i32, start: i32, end: i32): void {
  const own = edges + <usize>EDGES * place;
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - load<i32>(offsets + ((<usize>feature) << 2)) - 1;
  const first = load<i32>(args, FIRST);
  const to = columnOf(feature) + ((<usize>first) << 3);
  const values = staged + 8 * <usize>STAGED * place;
  for (let row = start; row < end; row++) {
    const value = load<f64>(values + ((<usize>row) << 3));
    const isMissing = value != value;
    if (isMissing && first + row < nRows) store<u8>(hasMissing + feature, 1);
    store<u8>(to + ((<usize>row) << 3), <u8>select(nBins, edgesBelow(own, value), isMissing));
  }
}
