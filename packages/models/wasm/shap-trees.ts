// AssemblyScript; src/shap/wasm-shap-engine.ts is the side that calls it, and src/shap/shap-tree.ts says
// what is computed here.
//
// What the features add to the value of one tree for one row. All arrays lie in the linear memory one after another: `setUp` gives each
// its place, anew for each tree.

import { clear, take } from './arena';

// Parameters: the caller sets them before `setUp`.
export let nNodes: i32 = 0;
/** An even number. */
export let nPoints: i32 = 0;
export let nFeatures: i32 = 0;
export let nOutputs: i32 = 0;

/** i32[nNodes]: the feature of each node, or -1 for a leaf. */
export let features: usize = 0;
/** i32[nNodes]: the left child of each node; the right one is the next. */
export let lefts: usize = 0;
/** i32[nNodes]: the feature that leads to each node, and the node that the same feature led to before, or 0. */
export let edges: usize = 0;
export let before: usize = 0;
/** f64[nNodes]: the share of the training rows that the feature which leads to a node passes on, over all its splits on the path. */
export let unknown: usize = 0;
/** u8[nNodes]: whether the present row passes all of these splits. */
export let known: usize = 0;
/** f64[nNodes][nOutputs]: the values of each node that is a leaf. */
export let values: usize = 0;
/** f64[nNodes][nPoints]: what the product is multiplied by where a known feature stays so, and where it ceases to be. */
export let stays: usize = 0;
export let ceases: usize = 0;
/** f64[nNodes][nPoints]: the weights by the factor of a known feature. */
export let weights: usize = 0;
/** f64[nPoints]: the weights by 1 - t. */
export let otherWeights: usize = 0;
/** f64[nOutputs][nFeatures]: what was found. */
export let found: usize = 0;
/** f64[nNodes][nPoints]: the products of the factors on the path to each node, and the sums of those of the leaves below. */
let products: usize = 0;
let sums: usize = 0;

/** The bytes of a number a point. */
let size: usize = 0;

export function setUp(): void {
  const n = <usize>nNodes;
  size = (<usize>nPoints) << 3;
  clear();
  features = take(4 * n);
  lefts = take(4 * n);
  edges = take(4 * n);
  before = take(4 * n);
  unknown = take(8 * n);
  known = take(n);
  values = take(8 * n * nOutputs);
  stays = take(n * size);
  ceases = take(n * size);
  weights = take(n * size);
  products = take(n * size);
  sums = take(n * size);
  otherWeights = take(size);
  found = take(8 * <usize>nOutputs * nFeatures);
}

/** Finds what the features add for the row that `known` tells of. */
export function explain(): void {
  memory.fill(found, 0, 8 * <usize>nOutputs * nFeatures);
  multiply();
  for (let output = 0; output < nOutputs; output++) contribute(output);
}

/** The product of the factors of all features on the path to each node. */
function multiply(): void {
  const bytes = size;
  const featureOf = features;
  const leftOf = lefts;
  const beforeOf = before;
  const isKnown = known;
  const product = products;
  for (let at: usize = 0; at < bytes; at += 16) v128.store(product + at, f64x2.splat(1));
  for (let node = 0; node < nNodes; node++) {
    if (load<i32>(featureOf + ((<usize>node) << 2)) < 0) continue;
    const from = product + <usize>node * bytes;
    const left = load<u32>(leftOf + ((<usize>node) << 2));
    for (let child = left; child < left + 2; child++) {
      const earlier = load<u32>(beforeOf + (child << 2));
      const place = child * bytes;
      const to = product + place;
      if (load<u8>(isKnown + earlier)) {
        const by = (load<u8>(isKnown + child) ? stays : ceases) + place;
        for (let at: usize = 0; at < bytes; at += 16) {
          v128.store(to + at, f64x2.mul(v128.load(from + at), v128.load(by + at)));
        }
      } else {
        const ofEarlier = load<f64>(unknown + (earlier << 3));
        const share = f64x2.splat(ofEarlier > 0 ? load<f64>(unknown + (child << 3)) / ofEarlier : 0);
        for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, f64x2.mul(v128.load(from + at), share));
      }
    }
  }
}

/**
 * Sums up the products of the leaves below each node times their values, and adds what each edge contributes for the leaves on whose
 * path its feature splits no more.
 */
function contribute(output: i32): void {
  const bytes = size;
  const to = found + <usize>output * nFeatures * 8;
  for (let node = nNodes - 1; node >= 0; node--) {
    const sum = sums + <usize>node * bytes;
    if (load<i32>(features + ((<usize>node) << 2)) < 0) {
      const value = v128.load64_splat(values + ((<usize>node * nOutputs + output) << 3));
      const product = products + <usize>node * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(sum + at, f64x2.mul(value, v128.load(product + at)));
      }
    } else {
      const left = sums + <usize>load<u32>(lefts + ((<usize>node) << 2)) * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(sum + at, f64x2.add(v128.load(left + at), v128.load(left + bytes + at)));
      }
    }
    if (node === 0) continue;
    const earlier = load<i32>(before + ((<usize>node) << 2));
    let step = without(sum, node, bytes);
    // The edge before counted these leaves, too.
    if (earlier > 0) step -= without(sum, earlier, bytes);
    const place = to + ((<usize>load<u32>(edges + ((<usize>node) << 2))) << 3);
    store<f64>(place, load<f64>(place) + step);
  }
}

/** The integral of sums without the factor of the feature that leads to `edge`, times what knowing it changes. */
@inline
function without(sum: usize, edge: i32, bytes: usize): f64 {
  const isKnown = load<u8>(known + edge);
  // Where the row does not pass, -u times what is divided by u (1 - t).
  const by = isKnown ? weights + <usize>edge * bytes : otherWeights;
  let both = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    both = f64x2.add(both, f64x2.mul(v128.load(sum + at), v128.load(by + at)));
  }
  const integral = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  return isKnown ? (1 - load<f64>(unknown + ((<usize>edge) << 3))) * integral : -integral;
}
