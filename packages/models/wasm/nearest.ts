// AssemblyScript, called by src/neighbors/wasm-nearest-engine.ts. Exhaustive search for the rows nearest to points. A panel has the values
// of eight rows, feature by feature.

import { clear, take } from './arena';

/** The number of rows of a panel. */
const ROWS: i32 = 8;
/** The size of a feature of a panel in bytes. */
const FEATURE: usize = 64;
/** The size of the panels that all points are compared with before the next ones, so that these stay in the cache. */
const BLOCK: usize = 65_536;

// Parameters: the caller sets them before `setUp`.
export let nFeatures: i32 = 0;
export let nPanels: i32 = 0;
/** The maximum number of points of a search. */
export let nPoints: i32 = 0;
export let nNeighbors: i32 = 0;
/** Whether distances are sums of squares, or of absolute values. */
export let isEuclidean: bool = false;

/** f64[nPanels][nFeatures][8] */
export let panels: usize = 0;
/** f64[nPoints][nFeatures] */
export let points: usize = 0;
/** f64[nPoints][nNeighbors]: the sums of the nearest rows, in ascending order. */
export let distances: usize = 0;
/** i32[nPoints][nNeighbors]: the nearest rows. */
export let neighbors: usize = 0;
/** i32[nPoints]: the number of rows found. */
export let counts: usize = 0;

/** f64[8]: the sums of the rows of a panel. */
let sums: usize = 0;

export function setUp(): void {
  clear();
  panels = take(<usize>nPanels * nFeatures * FEATURE);
  points = take((<usize>nPoints * nFeatures) << 3);
  distances = take((<usize>nPoints * nNeighbors) << 3);
  neighbors = take((<usize>nPoints * nNeighbors) << 2);
  counts = take(<usize>nPoints << 2);
  sums = take(FEATURE);
}

/** Finds the rows nearest to the first `length` points. */
export function search(length: i32): void {
  memory.fill(counts, 0, <usize>length << 2);
  const panelBytes = <usize>nFeatures * FEATURE;
  const step = max<i32>(1, <i32>(BLOCK / panelBytes));
  for (let first = 0; first < nPanels; first += step) {
    const end = min(first + step, nPanels);
    for (let point = 0; point < length; point++) {
      for (let panel = first; panel < end; panel++) addNearer(point, panel, panels + <usize>panel * panelBytes);
    }
  }
}

/** Inserts the rows of a panel that are nearer to a point than its nearest ones so far. */
function addNearer(point: i32, panel: i32, at: usize): void {
  const bytes = <usize>nFeatures << 3;
  const start = points + <usize>point * bytes;
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  if (isEuclidean) {
    for (let p = start; p < start + bytes; p += 8, at += FEATURE) {
      const value = v128.load64_splat(p);
      const ofA = f64x2.sub(v128.load(at), value);
      const ofB = f64x2.sub(v128.load(at, 16), value);
      const ofC = f64x2.sub(v128.load(at, 32), value);
      const ofD = f64x2.sub(v128.load(at, 48), value);
      a = f64x2.add(a, f64x2.mul(ofA, ofA));
      b = f64x2.add(b, f64x2.mul(ofB, ofB));
      c = f64x2.add(c, f64x2.mul(ofC, ofC));
      d = f64x2.add(d, f64x2.mul(ofD, ofD));
    }
  } else {
    for (let p = start; p < start + bytes; p += 8, at += FEATURE) {
      const value = v128.load64_splat(p);
      a = f64x2.add(a, f64x2.abs(f64x2.sub(v128.load(at), value)));
      b = f64x2.add(b, f64x2.abs(f64x2.sub(v128.load(at, 16), value)));
      c = f64x2.add(c, f64x2.abs(f64x2.sub(v128.load(at, 32), value)));
      d = f64x2.add(d, f64x2.abs(f64x2.sub(v128.load(at, 48), value)));
    }
  }
  const worst = f64x2.splat(worstOf(point));
  const ofFirst = v128.or(f64x2.lt(a, worst), f64x2.lt(b, worst));
  const ofLast = v128.or(f64x2.lt(c, worst), f64x2.lt(d, worst));
  if (!v128.any_true(v128.or(ofFirst, ofLast))) return;
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
  for (let i = 0; i < ROWS; i++) {
    const sum = load<f64>(sums + (<usize>i << 3));
    if (sum < worstOf(point)) insert(point, panel * ROWS + i, sum);
  }
}

/** The largest sum among the nearest rows so far; infinite if there are fewer than wanted. */
@inline
function worstOf(point: i32): f64 {
  if (load<i32>(counts + (<usize>point << 2)) < nNeighbors) return Infinity;
  return load<f64>(distances + (<usize>(point * nNeighbors + nNeighbors - 1) << 3));
}

/** Inserts a row after those that are as near. */
function insert(point: i32, row: i32, sum: f64): void {
  const count = load<i32>(counts + (<usize>point << 2));
  const ofDistances = distances + (<usize>(point * nNeighbors) << 3);
  const ofRows = neighbors + (<usize>(point * nNeighbors) << 2);
  let at: usize = min(count, nNeighbors - 1);
  for (; at > 0 && load<f64>(ofDistances + (at << 3) - 8) > sum; at--) {
    store<f64>(ofDistances + (at << 3), load<f64>(ofDistances + (at << 3) - 8));
    store<i32>(ofRows + (at << 2), load<i32>(ofRows + (at << 2) - 4));
  }
  store<f64>(ofDistances + (at << 3), sum);
  store<i32>(ofRows + (at << 2), row);
  if (count < nNeighbors) store<i32>(counts + (<usize>point << 2), count + 1);
}
