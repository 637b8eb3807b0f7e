// AssemblyScript, compiled to WebAssembly by `pnpm build:wasm`; src/trees/tree-grower.ts is the side that calls it.
//
// Grows classification trees over binned features, level by level. All arrays lie in the linear memory one after another: `setUp`
// gives each its place, and the caller fills `keys`, `hasMissing` and `codes` once, and `rowWeights` before each tree. The nodes
// come last, since their number is not known before.

import { clear, reserve, take } from './arena';

const N_BINS: i32 = 256;
const MISSING_BIN: i32 = 255;
const LEAF: i32 = -1;
const WORDS: i32 = N_BINS / 32;
const TABLE_SIZE: i32 = 4096;

let nRows: i32 = 0;
let nFeatures: i32 = 0;
let nClasses: i32 = 0;
let classBits: i32 = 0;
let isGini: bool = false;
let maxFeatures: i32 = 0;
let minSamplesSplit: i32 = 0;
let minSamplesLeaf: i32 = 0;

/** u16[nFeatures][nRows]: the bin of each row, shifted left by `classBits`, and its class. */
export let keys: usize = 0;
/** u8[nFeatures]: whether a feature has missing values. */
export let hasMissing: usize = 0;
/** u8[nRows]: the class of each row. */
export let codes: usize = 0;
/** f64[nRows]: the weight of each row in the tree to be grown. */
export let rowWeights: usize = 0;
/** The nodes, each of `nodeSize` bytes. */
export let nodes: usize = 0;
export let nodeSize: i32 = 0;

// A node: i32 feature, u8 last bin on the left, u8 first bin on the right, u8 whether missing values go left, i32 start and end of
// its rows, u32 seed, and f64 weights, one a class.
const LAST_LEFT: usize = 4;
const FIRST_RIGHT: usize = 5;
const MISSING_LEFT: usize = 6;
const START: usize = 8;
const END: usize = 12;
const SEED: usize = 16;
const WEIGHTS: usize = 24;

// The rows in the tree and their weights, those of a node side by side; and room for what goes right while what goes left is moved.
let rows: usize = 0;
let weights: usize = 0;
let heldRows: usize = 0;
let heldWeights: usize = 0;
/** f64[256 << classBits]. */
let histogram: usize = 0;
/** i32[256]: how many rows each bin has. */
let counts: usize = 0;
/** i32[8]: a bit for each bin that has rows. */
let inUse: usize = 0;
// The bins that a node has rows in, rising: which, with what weight of each class, and with how many rows.
let bins: usize = 0;
let binWeights: usize = 0;
let binRows: usize = 0;
let leftWeights: usize = 0;
let rightWeights: usize = 0;
let scanLeft: usize = 0;
/** f64[256][nClasses]: the weight of each class in the bins beyond each place. */
let beyondWeights: usize = 0;
/** i32[nFeatures]: the features in the order in which the present node draws them. */
let order: usize = 0;
/** f64[4096]: x ln x of small whole numbers, which nearly all arguments are. */
let table: usize = 0;

let nNodes: i32 = 0;

// The best split of the present node.
let bestFeature: i32 = 0;
let bestLastLeft: i32 = 0;
let bestFirstRight: i32 = 0;
let bestPurity: f64 = 0;
/** 0 where missing values go left, 1 where they go right, 2 where the node has none. */
let bestMissing: i32 = 0;

export function setUp(
  rowCount: i32,
  featureCount: i32,
  classCount: i32,
  bitsOfClass: i32,
  gini: bool,
  competing: i32,
  leastToSplit: i32,
  leastInLeaf: i32,
): void {
  nRows = rowCount;
  nFeatures = featureCount;
  nClasses = classCount;
  classBits = bitsOfClass;
  isGini = gini;
  maxFeatures = competing;
  minSamplesSplit = leastToSplit;
  minSamplesLeaf = leastInLeaf;
  clear();
  keys = take(2 * <usize>nRows * nFeatures);
  hasMissing = take(nFeatures);
  codes = take(nRows);
  rowWeights = take(8 * <usize>nRows);
  rows = take(4 * <usize>nRows);
  weights = take(8 * <usize>nRows);
  heldRows = take(4 * <usize>nRows);
  heldWeights = take(8 * <usize>nRows);
  histogram = take(8 * (<usize>N_BINS << classBits));
  counts = take(4 * N_BINS);
  inUse = take(4 * WORDS);
  bins = take(4 * N_BINS);
  binWeights = take(8 * <usize>N_BINS * nClasses);
  binRows = take(4 * N_BINS);
  leftWeights = take(8 * nClasses);
  rightWeights = take(8 * nClasses);
  scanLeft = take(8 * nClasses);
  beyondWeights = take(8 * <usize>N_BINS * nClasses);
  order = take(4 * nFeatures);
  table = take(8 * TABLE_SIZE);
  for (let x = 1; x < TABLE_SIZE; x++) store<f64>(table + ((<usize>x) << 3), <f64>x * Math.log(<f64>x));
  nodeSize = <i32>WEIGHTS + 8 * nClasses;
  nodes = take(0);
}

/** Grows a tree, and returns how many nodes it has. */
export function grow(seed: u32, maxDepth: i32): i32 {
  const nTaken = takeRows();
  nNodes = 0;
  weighRoot(nTaken);
  addNode(0, nTaken, seed, leftWeights);
  let node = 0;
  for (let depth = 0; depth < maxDepth && node < nNodes; depth++) {
    const levelEnd = nNodes;
    for (; node < levelEnd; node++) split(node);
  }
  return nNodes;
}

/** Gathers the rows that have a weight. */
function takeRows(): i32 {
  let nTaken = 0;
  for (let row = 0; row < nRows; row++) {
    const weight = load<f64>(rowWeights + ((<usize>row) << 3));
    if (weight == 0) continue;
    store<i32>(rows + ((<usize>nTaken) << 2), row);
    store<f64>(weights + ((<usize>nTaken) << 3), weight);
    nTaken++;
  }
  return nTaken;
}

function weighRoot(nTaken: i32): void {
  for (let k = 0; k < nClasses; k++) store<f64>(leftWeights + ((<usize>k) << 3), 0);
  for (let i = 0; i < nTaken; i++) {
    const row = load<i32>(rows + ((<usize>i) << 2));
    const at = leftWeights + ((<usize>load<u8>(codes + row)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(weights + ((<usize>i) << 3)));
  }
}

@inline
function nodeAt(node: i32): usize {
  return nodes + <usize>node * nodeSize;
}

function addNode(start: i32, end: i32, seed: u32, ofClasses: usize): void {
  const at = nodeAt(nNodes);
  const missing = at + nodeSize > <usize>memory.size() << 16;
  // Doubled, as pages are costly to ask for one by one.
  if (missing) reserve(at + nodeSize + min(<usize>memory.size() << 16, 1 << 26));
  store<i32>(at, LEAF);
  store<i32>(at + 4, 0);
  store<i32>(at + START, start);
  store<i32>(at + END, end);
  store<u32>(at + SEED, seed);
  for (let k: usize = 0; k < <usize>nClasses << 3; k += 8) store<f64>(at + WEIGHTS + k, load<f64>(ofClasses + k));
  nNodes++;
}

/** Splits a node, if that is allowed and possible. */
function split(node: i32): void {
  const at = nodeAt(node);
  const start = load<i32>(at + START);
  const end = load<i32>(at + END);
  const nHere = end - start;
  if (nHere < minSamplesSplit || nHere < 2 * minSamplesLeaf || isPure(at + WEIGHTS)) return;
  const seed = load<u32>(at + SEED);
  if (!findSplit(start, end, seed)) return;
  const middle = partition(start, end);
  store<i32>(at, bestFeature);
  store<u8>(at + LAST_LEFT, <u8>bestLastLeft);
  store<u8>(at + FIRST_RIGHT, <u8>bestFirstRight);
  // Where no value was missing, later ones go where most rows went.
  const missingLeft = bestMissing == 2 ? middle - start > end - middle : bestMissing == 0;
  store<u8>(at + MISSING_LEFT, <u8>missingLeft);
  addNode(start, middle, childSeed(seed, 0x9e3779b9), leftWeights);
  addNode(middle, end, childSeed(seed, 0x3c6ef372), rightWeights);
}

function isPure(ofClasses: usize): bool {
  let nPresent = 0;
  for (let k = 0; k < nClasses; k++) if (load<f64>(ofClasses + ((<usize>k) << 3)) > 0) nPresent++;
  return nPresent <= 1;
}

/**
 * Looks at features drawn by `seed` until `maxFeatures` were seen and one of them was not constant, and keeps the best split.
 * False where there is none.
 */
function findSplit(start: i32, end: i32, seed: u32): bool {
  // The order of the last node must not show in this one's.
  for (let i = 0; i < nFeatures; i++) store<i32>(order + ((<usize>i) << 2), i);
  bestPurity = -Infinity;
  let state = seed;
  let isVaried = false;
  for (let drawn = 0; drawn < nFeatures && !(isVaried && drawn >= maxFeatures); drawn++) {
    // A Weyl step, so that no state repeats.
    state += 0x6d2b79f5;
    const other = drawn + <i32>((<u64>spread(state) * <u64>(nFeatures - drawn)) >> 32);
    const feature = load<i32>(order + ((<usize>other) << 2));
    store<i32>(order + ((<usize>other) << 2), load<i32>(order + ((<usize>drawn) << 2)));
    store<i32>(order + ((<usize>drawn) << 2), feature);
    const nBins = collect(feature, start, end);
    if (nBins == 1) continue;
    isVaried = true;
    compare(feature, nBins, end - start);
  }
  return bestPurity > -Infinity;
}

/** Gathers the bins in which the node has rows; returns how many. A missing value is a bin, the last one. */
function collect(feature: i32, start: i32, end: i32): i32 {
  const featureKeys = keys + 2 * <usize>feature * nRows;
  const bits = classBits;
  const hist = histogram;
  const used = inUse;
  const last = rows + ((<usize>end) << 2);
  let weight = weights + ((<usize>start) << 3);
  for (let at = rows + ((<usize>start) << 2); at < last; at += 4, weight += 8) {
    const key = <u32>load<u16>(featureKeys + ((<usize>load<u32>(at)) << 1));
    const place = hist + (<usize>key << 3);
    store<f64>(place, load<f64>(place) + load<f64>(weight));
    const bin = key >> bits;
    const word = used + ((bin >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (bin & 31)));
  }
  if (minSamplesLeaf > 1) countRows(featureKeys, start, end);
  return takeHistogram();
}

function countRows(featureKeys: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const bin = <u32>load<u16>(featureKeys + ((<usize>row) << 1)) >> classBits;
    const at = counts + (bin << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/** Moves what the histogram holds into the list of bins, and leaves it empty. */
function takeHistogram(): i32 {
  // Engines do not keep globals in registers through a loop.
  const used = inUse;
  const hist = histogram;
  const bitsOfClass = classBits;
  const n = nClasses;
  const binOf = bins;
  const countsRows = minSamplesLeaf > 1;
  let nBins = 0;
  let to = binWeights;
  for (let word = 0; word < WORDS; word++) {
    let bits = load<u32>(used + ((<usize>word) << 2));
    if (bits == 0) continue;
    store<u32>(used + ((<usize>word) << 2), 0);
    do {
      const bin = (word << 5) + <i32>ctz(bits);
      bits &= bits - 1;
      let from = hist + ((<usize>bin << bitsOfClass) << 3);
      for (let k = 0; k < n; k++, from += 8, to += 8) {
        store<f64>(to, load<f64>(from));
        store<f64>(from, 0);
      }
      store<i32>(binOf + ((<usize>nBins) << 2), bin);
      if (countsRows) {
        const count = counts + ((<usize>bin) << 2);
        store<i32>(binRows + ((<usize>nBins) << 2), load<i32>(count));
        store<i32>(count, 0);
      }
      nBins++;
    } while (bits != 0);
  }
  return nBins;
}

/** Keeps the best split of a feature, if it is better than those seen before. */
function compare(feature: i32, nBins: i32, nHere: i32): void {
  const sawMissing = load<u8>(hasMissing + feature) != 0 && binAt(nBins - 1) == MISSING_BIN;
  const nKnown = sawMissing ? nBins - 1 : nBins;
  const before = bestPurity;
  // With the missing values on the right, there is a split between all known values and them.
  scan(feature, nBins, sawMissing ? nKnown : nKnown - 1, nHere, -1, sawMissing ? 1 : 2);
  if (sawMissing) scan(feature, nKnown, nKnown - 1, nHere, nKnown, 0);
  if (bestPurity > before) weighSides(nBins);
}

@inline
function binAt(place: i32): i32 {
  return load<i32>(bins + ((<usize>place) << 2));
}

/** Adds up both sides of the split found, bin by bin: a class that a side lacks must weigh exactly nothing there. */
function weighSides(nBins: i32): void {
  for (let k = 0; k < nClasses; k++) {
    store<f64>(leftWeights + ((<usize>k) << 3), 0);
    store<f64>(rightWeights + ((<usize>k) << 3), 0);
  }
  let from = binWeights;
  for (let i = 0; i < nBins; i++) {
    const bin = binAt(i);
    const isLeft = bin <= bestLastLeft || (bestMissing == 0 && bin == MISSING_BIN);
    let side = isLeft ? leftWeights : rightWeights;
    for (let k = 0; k < nClasses; k++, from += 8, side += 8) store<f64>(side, load<f64>(side) + load<f64>(from));
  }
}

/**
 * Tries a split after each of the first `nSplits` of `nPlaces` bins, with the bin at place `onLeft` on the left, too, where it is not -1.
 *
 * How pure a side is, from the weight w_k of its rows of each class: `Σ w_k² / w` for Gini, `Σ w_k ln w_k - w ln w` for entropy.
 * It is minus the weighted impurity plus what does not depend on the split.
 */
function scan(feature: i32, nPlaces: i32, nSplits: i32, nHere: i32, onLeft: i32, missing: i32): void {
  if (nClasses == 2) {
    scanTwoClasses(feature, nPlaces, nSplits, nHere, onLeft, missing);
    return;
  }
  addUpBeyond(nPlaces);
  const nBytes: usize = (<usize>nClasses) << 3;
  for (let k: usize = 0; k < nBytes; k += 8) {
    store<f64>(scanLeft + k, onLeft < 0 ? 0 : load<f64>(binWeights + <usize>onLeft * nBytes + k));
  }
  let rowsLeft = onLeft < 0 ? 0 : load<i32>(binRows + ((<usize>onLeft) << 2));
  let from = binWeights;
  let fromBeyond = beyondWeights;
  for (let i = 0; i < nSplits; i++) {
    let left: f64 = 0;
    let right: f64 = 0;
    let sum: f64 = 0;
    let sumRight: f64 = 0;
    for (let k: usize = 0; k < nBytes; k += 8, from += 8, fromBeyond += 8) {
      const onThisSide = load<f64>(scanLeft + k) + load<f64>(from);
      const beyond = load<f64>(fromBeyond);
      store<f64>(scanLeft + k, onThisSide);
      left += onThisSide;
      right += beyond;
      sum += isGini ? onThisSide * onThisSide : xLogX(onThisSide);
      sumRight += isGini ? beyond * beyond : xLogX(beyond);
    }
    if (minSamplesLeaf > 1) {
      rowsLeft += load<i32>(binRows + ((<usize>i) << 2));
      if (rowsLeft < minSamplesLeaf || nHere - rowsLeft < minSamplesLeaf) continue;
    }
    const purity = isGini ? sum / left + sumRight / right : sum - xLogX(left) + sumRight - xLogX(right);
    if (purity > bestPurity) keep(feature, i, purity, missing);
  }
}

/** What `scan` does, for two classes without their arrays: this is where the time goes. */
function scanTwoClasses(feature: i32, nPlaces: i32, nSplits: i32, nHere: i32, onLeft: i32, missing: i32): void {
  addUpBeyond(nPlaces);
  let left0: f64 = 0;
  let left1: f64 = 0;
  let rowsLeft = 0;
  if (onLeft >= 0) {
    left0 = load<f64>(binWeights + ((<usize>onLeft) << 4));
    left1 = load<f64>(binWeights + ((<usize>onLeft) << 4), 8);
    rowsLeft = load<i32>(binRows + ((<usize>onLeft) << 2));
  }
  const gini = isGini;
  const least = minSamplesLeaf;
  let highest = bestPurity;
  let from = binWeights;
  let fromBeyond = beyondWeights;
  for (let i = 0; i < nSplits; i++, from += 16, fromBeyond += 16) {
    left0 += load<f64>(from);
    left1 += load<f64>(from, 8);
    if (least > 1) {
      rowsLeft += load<i32>(binRows + ((<usize>i) << 2));
      if (rowsLeft < least || nHere - rowsLeft < least) continue;
    }
    const right0 = load<f64>(fromBeyond);
    const right1 = load<f64>(fromBeyond, 8);
    const purity = gini
      ? (left0 * left0 + left1 * left1) / (left0 + left1) + (right0 * right0 + right1 * right1) / (right0 + right1)
      : xLogX(left0) + xLogX(left1) - xLogX(left0 + left1) + xLogX(right0) + xLogX(right1) - xLogX(right0 + right1);
    if (purity > highest) {
      highest = purity;
      keep(feature, i, purity, missing);
    }
  }
}

/**
 * Adds up the classes in the bins beyond each place, from the last of `nPlaces` on. What the left side leaves of the node would be
 * rounded to the digits of the node: on a side of light rows beside heavy ones next to nothing of it would be true.
 */
function addUpBeyond(nPlaces: i32): void {
  const width = <usize>nClasses << 3;
  const last = <usize>(nPlaces - 1) * width;
  let at = beyondWeights + last;
  let from = binWeights + last;
  if (nClasses == 2) {
    let sum = f64x2(0, 0);
    for (let i = 0; i < nPlaces; i++, at -= 16, from -= 16) {
      v128.store(at, sum);
      sum = f64x2.add(sum, v128.load(from));
    }
    return;
  }
  memory.fill(at, 0, width);
  for (let i = nPlaces - 1; i > 0; i--, at -= width, from -= width) {
    for (let k: usize = 0; k < width; k += 8) store<f64>(at - width + k, load<f64>(at + k) + load<f64>(from + k));
  }
}

/** `x ln x`, and its limit 0 at 0. */
@inline
function xLogX(x: f64): f64 {
  if (x < <f64>TABLE_SIZE) {
    if (x <= 0) return 0;
    const whole = <i32>x;
    if (<f64>whole == x) return load<f64>(table + ((<usize>whole) << 3));
  }
  return x * Math.log(x);
}

function keep(feature: i32, place: i32, purity: f64, missing: i32): void {
  bestPurity = purity;
  bestFeature = feature;
  bestLastLeft = binAt(place);
  bestFirstRight = binAt(place + 1);
  bestMissing = missing;
}

/** Moves the rows that go left before those that go right, each in their order, and returns where these begin. */
function partition(start: i32, end: i32): i32 {
  const featureKeys = keys + 2 * <usize>bestFeature * nRows;
  const firstOnRight = (bestLastLeft + 1) << classBits;
  const firstMissing = bestMissing == 0 ? MISSING_BIN << classBits : i32.MAX_VALUE;
  const rowAt = rows;
  const weightAt = weights;
  const heldRowAt = heldRows;
  const heldWeightAt = heldWeights;
  let nLeft = start;
  let nRight: i32 = 0;
  for (let i = start; i < end; i++) {
    const row = load<u32>(rowAt + ((<usize>i) << 2));
    const weight = load<f64>(weightAt + ((<usize>i) << 3));
    const key = <i32>load<u16>(featureKeys + ((<usize>row) << 1));
    const isLeft = i32(key < firstOnRight) | i32(key >= firstMissing);
    // Both are written, and one of the two places is written again: there is no branch to be foretold wrongly.
    store<u32>(rowAt + ((<usize>nLeft) << 2), row);
    store<f64>(weightAt + ((<usize>nLeft) << 3), weight);
    store<u32>(heldRowAt + ((<usize>nRight) << 2), row);
    store<f64>(heldWeightAt + ((<usize>nRight) << 3), weight);
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  memory.copy(rows + ((<usize>nLeft) << 2), heldRows, (<usize>nRight) << 2);
  memory.copy(weights + ((<usize>nLeft) << 3), heldWeights, (<usize>nRight) << 3);
  return nLeft;
}

/**
 * The seed of a child follows from the seed of its parent and its side alone, so a node draws the same features however deep the
 * tree is grown.
 */
function childSeed(seed: u32, side: u32): u32 {
  return spread(seed + side);
}

/** The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input changes every bit of the output. */
function spread(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
