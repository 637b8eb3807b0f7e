// AssemblyScript, compiled to WebAssembly by `pnpm build:wasm`; src/boosting/booster.ts is the side that calls it.
//
// Boosts trees over binned features by the gradient and the curvature of the log loss. All arrays lie in the linear memory one
// after another: `setUp` gives each its place, and the caller fills those that are exported.
//
// A sum over rows is a vector of two f64, of gradients and of curvatures, and a number of rows beside it.

import { clear, take } from './arena';

const LEAF: i32 = -1;
/** A category of fewer rows than this, as its curvature counts them, has no side of its own; and how far ratios are drawn towards 0. */
const LEAST_CATEGORY: f64 = 10;
const LEAST_CURVATURE: f64 = 1e-3;
/** A gain of no more is rounding: the rows of the leaf are all alike. */
const LEAST_GAIN: f64 = 1e-9;

let nRows: i32 = 0;
let nHeldOut: i32 = 0;
let nFeatures: i32 = 0;
let nOutputs: i32 = 0;
let maxLeaves: i32 = 0;
let maxDepth: i32 = 0;
let minSamplesLeaf: i32 = 0;
let learningRate: f64 = 0;
let l2: f64 = 0;
let isLevelWise: bool = false;
let isMonotone: bool = false;
/** How many bins all features have together, with one for missing values each. */
let nPlaces: i32 = 0;

/** u8[nFeatures][nRows + nHeldOut]: the bin of each row, the held-out ones last; a missing value has the number after the last bin. */
export let codes: usize = 0;
/** i32[nFeatures + 1]: where the bins of each feature begin in a histogram. */
export let offsets: usize = 0;
/** u8[nFeatures]: whether a feature holds categories. */
export let isCategory: usize = 0;
/** i8[nFeatures]: 1 where the score may only rise with a feature, -1 where it may only fall, 0 where it is free. */
export let monotone: usize = 0;
/** u8[nRows + nHeldOut]: the class of each row. */
export let classes: usize = 0;
/** f64[nRows + nHeldOut]: the weight of each row. */
export let rowWeights: usize = 0;
/** f64[nOutputs][nRows + nHeldOut]: the raw scores so far. */
export let scores: usize = 0;

/** The nodes of the tree grown last, each of `NODE` bytes. */
export let nodes: usize = 0;
export const NODE: i32 = 64;
// i32 feature, i32 bin, i32 left and right child, u8 whether missing values go left, i32 start and end of its rows, i32 depth, f64
// value, f64 bounds of the value, and of a leaf the f64 weight of its rows.
export const NODE_BIN: i32 = 4;
export const NODE_LEFT: i32 = 8;
export const NODE_RIGHT: i32 = 12;
export const NODE_MISSING_LEFT: i32 = 16;
export const NODE_START: i32 = 20;
export const NODE_END: i32 = 24;
export const NODE_DEPTH: i32 = 28;
export const NODE_VALUE: i32 = 32;
const NODE_LOWER: i32 = 40;
const NODE_UPPER: i32 = 48;
export const NODE_WEIGHT: i32 = 56;

/** u32[nodes][8]: for a node of a category, a bit for each bin whose rows go left; bit nBins stands for missing values. */
export let sets: usize = 0;

// (gradient, curvature) of each row in each output, and those of the rows of a leaf in their order.
let gradients: usize = 0;
let ordered: usize = 0;
let rows: usize = 0;
let heldRows: usize = 0;
// A histogram a leaf: v128[nPlaces], and i32[nPlaces].
let histograms: usize = 0;
let histogramCounts: usize = 0;
/** What is known of the leaves while a tree grows, each of `OPEN` bytes. */
let open: usize = 0;
const OPEN: i32 = 64;
// i32 node, i32 slot of its histogram, f64 gain of its best split, i32 feature, i32 bin, i32 missing left, i32 count on the left, v128
// sum on the left.
const OPEN_SLOT: i32 = 4;
const OPEN_GAIN: i32 = 8;
const OPEN_FEATURE: i32 = 16;
const OPEN_BIN: i32 = 20;
const OPEN_MISSING_LEFT: i32 = 24;
const OPEN_COUNT: i32 = 28;
const OPEN_LEFT: i32 = 32;
/** v128: the sum of the leaf. */
const OPEN_SUM: i32 = 48;
/** u32[maxLeaves][8]: the best set of each open leaf. */
let openSets: usize = 0;
// The categories of a node, by their ratio of gradient to curvature.
let sorted: usize = 0;
let ratios: usize = 0;

let nNodes: i32 = 0;
let nOpen: i32 = 0;

export function setUp(
  rowCount: i32,
  heldOutCount: i32,
  featureCount: i32,
  outputCount: i32,
  placeCount: i32,
  mostLeaves: i32,
  mostDepth: i32,
  leastInLeaf: i32,
  rate: f64,
  l2Strength: f64,
  levelWise: bool,
  hasMonotone: bool,
): void {
  nRows = rowCount;
  nHeldOut = heldOutCount;
  nFeatures = featureCount;
  nOutputs = outputCount;
  nPlaces = placeCount;
  maxLeaves = mostLeaves;
  maxDepth = mostDepth;
  minSamplesLeaf = leastInLeaf;
  learningRate = rate;
  l2 = l2Strength;
  isLevelWise = levelWise;
  isMonotone = hasMonotone;
  const nAll: usize = <usize>nRows + nHeldOut;
  clear();
  codes = take(nAll * nFeatures);
  offsets = take(4 * (<usize>nFeatures + 1));
  isCategory = take(nFeatures);
  monotone = take(nFeatures);
  classes = take(nAll);
  rowWeights = take(8 * nAll);
  scores = take(8 * nAll * nOutputs);
  nodes = take(<usize>NODE * (2 * maxLeaves));
  sets = take(<usize>32 * (2 * maxLeaves));
  gradients = take(16 * <usize>nRows * nOutputs);
  ordered = take(16 * <usize>nRows);
  rows = take(4 * <usize>nRows);
  heldRows = take(4 * <usize>nRows);
  histograms = take(16 * <usize>nPlaces * maxLeaves);
  histogramCounts = take(4 * <usize>nPlaces * maxLeaves);
  open = take(<usize>OPEN * maxLeaves);
  openSets = take(<usize>32 * maxLeaves);
  sorted = take(4 * 256);
  ratios = take(8 * 256);
}

/**
 * Computes gradient and curvature of the log loss in each row, weighted, for all outputs: `p - y` and `p (1 - p)`, with p the
 * sigmoid of the score of one output, or the softmax of several.
 */
export function computeGradients(): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const weight = load<f64>(rowWeights + (row << 3));
    const code = <i32>load<u8>(classes + row);
    if (nOutputs == 1) {
      const p = sigmoid(load<f64>(scores + (row << 3)));
      const g = (p - <f64>code) * weight;
      v128.store(gradients + (row << 4), f64x2(g, max(p * (1 - p), 1e-16) * weight));
      continue;
    }
    const normaliser = logSumExp(row, nAll);
    for (let k: usize = 0; k < <usize>nOutputs; k++) {
      const p = Math.exp(load<f64>(scores + ((k * nAll + row) << 3)) - normaliser);
      const g = (p - f64(i32(<i32>k == code))) * weight;
      v128.store(gradients + ((k * nRows + row) << 4), f64x2(g, max(p * (1 - p), 1e-16) * weight));
    }
  }
}

/** The log loss of the rows, weighted: of those learned from, or of those held out. */
export function loss(ofHeldOut: bool): f64 {
  const nAll: usize = <usize>nRows + nHeldOut;
  const start: usize = ofHeldOut ? <usize>nRows : 0;
  const end: usize = ofHeldOut ? nAll : nRows;
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let row = start; row < end; row++) {
    const weight = load<f64>(rowWeights + (row << 3));
    const code = <usize>load<u8>(classes + row);
    if (nOutputs == 1) {
      const score = load<f64>(scores + (row << 3));
      sum += weight * (max(score, 0) - (code == 1 ? score : 0) + Math.log1p(Math.exp(-Math.abs(score))));
    } else {
      sum += weight * (logSumExp(row, nAll) - load<f64>(scores + ((code * nAll + row) << 3)));
    }
    total += weight;
  }
  return sum / total;
}

function logSumExp(row: usize, nAll: usize): f64 {
  let largest = -Infinity;
  for (let k: usize = 0; k < <usize>nOutputs; k++) {
    largest = max(largest, load<f64>(scores + ((k * nAll + row) << 3)));
  }
  let sum: f64 = 0;
  for (let k: usize = 0; k < <usize>nOutputs; k++) {
    sum += Math.exp(load<f64>(scores + ((k * nAll + row) << 3)) - largest);
  }
  return largest + Math.log(sum);
}

function sigmoid(score: f64): f64 {
  return 1 / (1 + Math.exp(-score));
}

/** Grows a tree on the gradients of one output, adds its values to the scores of all rows, and returns how many nodes it has. */
export function growTree(output: i32): i32 {
  const gradient = gradients + 16 * <usize>output * nRows;
  let nTaken = 0;
  for (let row = 0; row < nRows; row++) {
    if (load<f64>(rowWeights + ((<usize>row) << 3)) == 0) continue;
    store<i32>(rows + ((<usize>nTaken) << 2), row);
    nTaken++;
  }
  nNodes = 0;
  nOpen = 0;
  addNode(0, nTaken, 0, -Infinity, Infinity);
  openRoot(gradient, nTaken);
  let nLeaves = 1;
  while (nLeaves < maxLeaves) {
    const place = bestOpen();
    if (place < 0) break;
    nLeaves++;
    splitLeaf(place, gradient, nLeaves == maxLeaves);
  }
  addValues(output);
  return nNodes;
}

@inline
function nodeAt(node: i32): usize {
  return nodes + <usize>node * NODE;
}

@inline
function openAt(place: i32): usize {
  return open + <usize>place * OPEN;
}

@inline
function histogramOf(slot: i32): usize {
  return histograms + 16 * <usize>nPlaces * slot;
}

@inline
function countsOf(slot: i32): usize {
  return histogramCounts + 4 * <usize>nPlaces * slot;
}

function addNode(start: i32, end: i32, depth: i32, lower: f64, upper: f64): i32 {
  const at = nodeAt(nNodes);
  store<i32>(at, LEAF);
  store<i32>(at, start, NODE_START);
  store<i32>(at, end, NODE_END);
  store<i32>(at, depth, NODE_DEPTH);
  store<f64>(at, 0, NODE_VALUE);
  store<f64>(at, lower, NODE_LOWER);
  store<f64>(at, upper, NODE_UPPER);
  nNodes++;
  return nNodes - 1;
}

function openRoot(gradient: usize, nTaken: i32): void {
  let sum = f64x2(0, 0);
  for (let i = 0; i < nTaken; i++) {
    sum = f64x2.add(sum, v128.load(gradient + ((<usize>load<i32>(rows + ((<usize>i) << 2))) << 4)));
  }
  nOpen = 1;
  store<i32>(open, 0);
  store<i32>(open, 0, OPEN_SLOT);
  v128.store(open, sum, OPEN_SUM);
  setValue(0, sum);
  buildHistogram(0, gradient, 0, nTaken);
  findSplit(0);
}

/** The value of a node: minus the Newton step, within its bounds. */
@inline
function valueOf(sum: v128, lower: f64, upper: f64): f64 {
  const value = -f64x2.extract_lane(sum, 0) / (f64x2.extract_lane(sum, 1) + l2 + 1e-300);
  return min(max(value, lower), upper);
}

function setValue(node: i32, sum: v128): void {
  const at = nodeAt(node);
  store<f64>(at, valueOf(sum, load<f64>(at, NODE_LOWER), load<f64>(at, NODE_UPPER)), NODE_VALUE);
}

/** The open leaf to split next: that of the highest gain, or of the least depth; less than 0 where none can be split. */
function bestOpen(): i32 {
  let best = -1;
  let highest: f64 = 0;
  for (let place = 0; place < nOpen; place++) {
    const at = openAt(place);
    const gain = load<f64>(at, OPEN_GAIN);
    if (gain <= LEAST_GAIN) continue;
    if (isLevelWise) {
      // The nodes of a level were added before those of the next, but an open leaf takes the place of its parent.
      if (best < 0 || load<i32>(at) < load<i32>(openAt(best))) best = place;
    } else if (gain > highest) {
      highest = gain;
      best = place;
    }
  }
  return best;
}

/** Splits an open leaf. Its left child takes its place among the open ones; the right one comes last. */
function splitLeaf(place: i32, gradient: usize, isLast: bool): void {
  const at = openAt(place);
  const node = load<i32>(at);
  const nodeBytes = nodeAt(node);
  const feature = load<i32>(at, OPEN_FEATURE);
  const start = load<i32>(nodeBytes, NODE_START);
  const end = load<i32>(nodeBytes, NODE_END);
  const depth = load<i32>(nodeBytes, NODE_DEPTH);
  store<i32>(nodeBytes, feature);
  store<i32>(nodeBytes, load<i32>(at, OPEN_BIN), NODE_BIN);
  store<u8>(nodeBytes, <u8>load<i32>(at, OPEN_MISSING_LEFT), NODE_MISSING_LEFT);
  memory.copy(sets + 32 * <usize>node, openSets + 32 * <usize>place, 32);
  const middle = partition(node, feature, start, end);

  const leftSum = v128.load(at, OPEN_LEFT);
  const rightSum = f64x2.sub(v128.load(at, OPEN_SUM), leftSum);
  let lower = load<f64>(nodeBytes, NODE_LOWER);
  let upper = load<f64>(nodeBytes, NODE_UPPER);
  let lowerRight = lower;
  let upperRight = upper;
  const direction = isMonotone ? <i32>load<i8>(monotone + feature) : 0;
  if (direction != 0) {
    // All values on the left stay on one side of the middle, and those on the right on the other.
    const between = (valueOf(leftSum, lower, upper) + valueOf(rightSum, lower, upper)) / 2;
    if (direction > 0) {
      upper = between;
      lowerRight = between;
    } else {
      lower = between;
      upperRight = between;
    }
  }
  const left = addNode(start, middle, depth + 1, lower, upper);
  const right = addNode(middle, end, depth + 1, lowerRight, upperRight);
  store<i32>(nodeBytes, left, NODE_LEFT);
  store<i32>(nodeBytes, right, NODE_RIGHT);
  setValue(left, leftSum);
  setValue(right, rightSum);

  const other = openAt(nOpen);
  const slot = load<i32>(at, OPEN_SLOT);
  const isLeftSmaller = middle - start < end - middle;
  store<i32>(at, left);
  store<i32>(other, right);
  v128.store(at, leftSum, OPEN_SUM);
  v128.store(other, rightSum, OPEN_SUM);
  // The larger child takes over the histogram of its parent, less that of the smaller one.
  store<i32>(at, isLeftSmaller ? nOpen : slot, OPEN_SLOT);
  store<i32>(other, isLeftSmaller ? slot : nOpen, OPEN_SLOT);
  nOpen++;
  store<f64>(at, 0, OPEN_GAIN);
  store<f64>(other, 0, OPEN_GAIN);
  if (isLast || depth + 1 >= maxDepth) return;
  const largest = max(middle - start, end - middle);
  if (largest < 2 * minSamplesLeaf) return;
  if (isLeftSmaller) buildHistogram(nOpen - 1, gradient, start, middle);
  else buildHistogram(nOpen - 1, gradient, middle, end);
  subtractHistogram(slot, nOpen - 1);
  findSplit(place);
  findSplit(nOpen - 1);
}

/** Fills the histogram at a slot with the rows from `start` to `end`. */
function buildHistogram(slot: i32, gradient: usize, start: i32, end: i32): void {
  const histogram = histogramOf(slot);
  const counts = countsOf(slot);
  memory.fill(histogram, 0, 16 * <usize>nPlaces);
  memory.fill(counts, 0, 4 * <usize>nPlaces);
  const nHere: usize = <usize>(end - start);
  const here = rows + ((<usize>start) << 2);
  for (let i: usize = 0; i < nHere; i++) {
    v128.store(ordered + (i << 4), v128.load(gradient + ((<usize>load<i32>(here + (i << 2))) << 4)));
  }
  const inOrder = ordered;
  const nAll: usize = <usize>nRows + nHeldOut;
  for (let feature: usize = 0; feature < <usize>nFeatures; feature++) {
    const column = codes + feature * nAll;
    const offset = <usize>load<i32>(offsets + (feature << 2));
    const sums = histogram + (offset << 4);
    const numbers = counts + (offset << 2);
    for (let i: usize = 0; i < nHere; i++) {
      const bin = <usize>load<u8>(column + load<u32>(here + (i << 2)));
      const sum = sums + (bin << 4);
      v128.store(sum, f64x2.add(v128.load(sum), v128.load(inOrder + (i << 4))));
      const number = numbers + (bin << 2);
      store<i32>(number, load<i32>(number) + 1);
    }
  }
}

function subtractHistogram(from: i32, slot: i32): void {
  let at = histogramOf(from);
  let other = histogramOf(slot);
  for (let i = 0; i < nPlaces; i++, at += 16, other += 16) {
    v128.store(at, f64x2.sub(v128.load(at), v128.load(other)));
  }
  let count = countsOf(from);
  let otherCount = countsOf(slot);
  for (let i = 0; i < nPlaces; i++, count += 4, otherCount += 4) {
    store<i32>(count, load<i32>(count) - load<i32>(otherCount));
  }
}

/** Finds the best split of an open leaf. */
function findSplit(place: i32): void {
  const at = openAt(place);
  const node = nodeAt(load<i32>(at));
  store<f64>(at, 0, OPEN_GAIN);
  const nHere = load<i32>(node, NODE_END) - load<i32>(node, NODE_START);
  if (nHere < 2 * minSamplesLeaf || load<i32>(node, NODE_DEPTH) >= maxDepth) return;
  for (let feature = 0; feature < nFeatures; feature++) {
    if (load<u8>(isCategory + feature)) scanCategories(place, feature, nHere);
    else scanBins(place, feature, nHere);
  }
}

/** Tries a split after each bin of a numeric feature, with the missing values on either side. */
function scanBins(place: i32, feature: i32, nHere: i32): void {
  const at = openAt(place);
  const slot = load<i32>(at, OPEN_SLOT);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset - 1;
  const sums = histogramOf(slot) + ((<usize>offset) << 4);
  const counts = countsOf(slot) + ((<usize>offset) << 2);
  const nMissing = load<i32>(counts + ((<usize>nBins) << 2));
  const total = v128.load(at, OPEN_SUM);
  const whole = gainOf(at, feature, total, f64x2(0, 0), true);
  const nScans = nMissing > 0 ? 2 : 1;
  for (let scan = 0; scan < nScans; scan++) {
    let left = scan == 1 ? v128.load(sums + ((<usize>nBins) << 4)) : f64x2(0, 0);
    let count = scan == 1 ? nMissing : 0;
    // With the missing values on the right, there is a split between all known values and them.
    const nSplits = nMissing > 0 && scan == 0 ? nBins : nBins - 1;
    for (let bin = 0; bin < nSplits; bin++) {
      const here = load<i32>(counts + ((<usize>bin) << 2));
      if (here == 0) continue;
      left = f64x2.add(left, v128.load(sums + ((<usize>bin) << 4)));
      count += here;
      if (count < minSamplesLeaf) continue;
      if (nHere - count < minSamplesLeaf) break;
      const right = f64x2.sub(total, left);
      if (f64x2.extract_lane(left, 1) < LEAST_CURVATURE || f64x2.extract_lane(right, 1) < LEAST_CURVATURE) continue;
      const gain = gainOf(at, feature, left, right, false) - whole;
      if (gain > load<f64>(at, OPEN_GAIN)) {
        // Where no value was missing, later ones go where most rows went.
        const missingLeft = nMissing > 0 ? scan == 1 : count > nHere - count;
        keep(at, feature, bin, missingLeft, count, gain, left);
      }
    }
  }
}

/**
 * What a split into two sums gains, twice: `G² / (H + l2)` of each side where their values are free, and in general
 * `-2 G v - (H + l2) v²` with the value v that the bounds allow. A split against a monotone feature gains nothing.
 */
@inline
function gainOf(at: usize, feature: i32, left: v128, right: v128, isWhole: bool): f64 {
  if (!isMonotone) {
    const gradientSums = f64x2(f64x2.extract_lane(left, 0), f64x2.extract_lane(right, 0));
    const curvatures = f64x2(f64x2.extract_lane(left, 1) + l2 + 1e-300, f64x2.extract_lane(right, 1) + l2 + 1e-300);
    const gains = f64x2.div(f64x2.mul(gradientSums, gradientSums), curvatures);
    return f64x2.extract_lane(gains, 0) + f64x2.extract_lane(gains, 1);
  }
  return boundedGain(at, feature, left, right, isWhole);
}

function boundedGain(at: usize, feature: i32, left: v128, right: v128, isWhole: bool): f64 {
  const node = nodeAt(load<i32>(at));
  const lower = load<f64>(node, NODE_LOWER);
  const upper = load<f64>(node, NODE_UPPER);
  const leftValue = valueOf(left, lower, upper);
  const rightValue = valueOf(right, lower, upper);
  const direction = <i32>load<i8>(monotone + feature);
  if (!isWhole && direction != 0 && (rightValue - leftValue) * <f64>direction < 0) return -Infinity;
  return sideGain(left, leftValue) + sideGain(right, rightValue);
}

@inline
function sideGain(sum: v128, value: f64): f64 {
  return -2 * f64x2.extract_lane(sum, 0) * value - (f64x2.extract_lane(sum, 1) + l2) * value * value;
}

function keep(at: usize, feature: i32, bin: i32, missingLeft: bool, count: i32, gain: f64, left: v128): void {
  store<f64>(at, gain, OPEN_GAIN);
  store<i32>(at, feature, OPEN_FEATURE);
  store<i32>(at, bin, OPEN_BIN);
  store<i32>(at, i32(missingLeft), OPEN_MISSING_LEFT);
  store<i32>(at, count, OPEN_COUNT);
  v128.store(at, left, OPEN_LEFT);
}

/**
 * Tries sets of categories of a feature: sorted by their ratio of gradient to curvature, the best set is the beginning or the end of
 * the row (Fisher 1958). Missing values are one of the categories; those too rare go right with what was never seen.
 */
function scanCategories(place: i32, feature: i32, nHere: i32): void {
  const at = openAt(place);
  const slot = load<i32>(at, OPEN_SLOT);
  const offset = load<i32>(offsets + ((<usize>feature) << 2));
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - offset;
  const sums = histogramOf(slot) + ((<usize>offset) << 4);
  const counts = countsOf(slot) + ((<usize>offset) << 2);
  const total = v128.load(at, OPEN_SUM);
  const rowsPerCurvature = <f64>nHere / f64x2.extract_lane(total, 1);
  let nSorted = 0;
  for (let bin = 0; bin < nBins; bin++) {
    const sum = v128.load(sums + ((<usize>bin) << 4));
    if (load<i32>(counts + ((<usize>bin) << 2)) == 0) continue;
    if (f64x2.extract_lane(sum, 1) * rowsPerCurvature < LEAST_CATEGORY) continue;
    const ratio = f64x2.extract_lane(sum, 0) / (f64x2.extract_lane(sum, 1) + LEAST_CATEGORY);
    let to = nSorted;
    nSorted++;
    for (; to > 0 && load<f64>(ratios + ((<usize>(to - 1)) << 3)) > ratio; to--) {
      store<f64>(ratios + ((<usize>to) << 3), load<f64>(ratios + ((<usize>(to - 1)) << 3)));
      store<i32>(sorted + ((<usize>to) << 2), load<i32>(sorted + ((<usize>(to - 1)) << 2)));
    }
    store<f64>(ratios + ((<usize>to) << 3), ratio);
    store<i32>(sorted + ((<usize>to) << 2), bin);
  }
  const whole = gainOf(at, feature, total, f64x2(0, 0), true);
  // Taken from both ends up to the middle, each cut is tried once, and the categories left out are on the side of the most.
  const nTried = (nSorted + 1) >> 1;
  for (let direction = 0; direction < 2; direction++) {
    let left = f64x2(0, 0);
    let count = 0;
    for (let i = 0; i < nTried; i++) {
      const bin = load<i32>(sorted + ((<usize>(direction == 0 ? i : nSorted - 1 - i)) << 2));
      left = f64x2.add(left, v128.load(sums + ((<usize>bin) << 4)));
      count += load<i32>(counts + ((<usize>bin) << 2));
      if (count < minSamplesLeaf) continue;
      if (nHere - count < minSamplesLeaf) break;
      const right = f64x2.sub(total, left);
      if (f64x2.extract_lane(left, 1) < LEAST_CURVATURE || f64x2.extract_lane(right, 1) < LEAST_CURVATURE) continue;
      const gain = gainOf(at, feature, left, right, false) - whole;
      if (gain > load<f64>(at, OPEN_GAIN)) {
        keep(at, feature, 0, false, count, gain, left);
        const set = openSets + 32 * <usize>place;
        memory.fill(set, 0, 32);
        for (let j = 0; j <= i; j++) {
          const member = load<i32>(sorted + ((<usize>(direction == 0 ? j : nSorted - 1 - j)) << 2));
          const word = set + ((<usize>member >>> 5) << 2);
          store<u32>(word, load<u32>(word) | (1 << (member & 31)));
        }
      }
    }
  }
}

/** Whether a row with this bin goes left at a node. */
@inline
function goesLeft(node: i32, feature: i32, bin: i32): bool {
  const at = nodeAt(node);
  if (load<u8>(isCategory + feature)) {
    return ((load<u32>(sets + 32 * <usize>node + ((<usize>bin >>> 5) << 2)) >>> (bin & 31)) & 1) == 1;
  }
  const nBins = load<i32>(offsets + ((<usize>feature) << 2), 4) - load<i32>(offsets + ((<usize>feature) << 2)) - 1;
  if (bin == nBins) return load<u8>(at, NODE_MISSING_LEFT) == 1;
  return bin <= load<i32>(at, NODE_BIN);
}

/** Moves the rows that go left before those that go right, each in their order, and returns where these begin. */
function partition(node: i32, feature: i32, start: i32, end: i32): i32 {
  const column = codes + <usize>feature * (<usize>nRows + nHeldOut);
  let nLeft = start;
  let nRight: i32 = 0;
  for (let i = start; i < end; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const isLeft = i32(goesLeft(node, feature, <i32>load<u8>(column + row)));
    // Both are written, and one of the two places is written again: there is no branch to be foretold wrongly.
    store<u32>(rows + ((<usize>nLeft) << 2), row);
    store<u32>(heldRows + ((<usize>nRight) << 2), row);
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  memory.copy(rows + ((<usize>nLeft) << 2), heldRows, (<usize>nRight) << 2);
  return nLeft;
}

/** Adds the values of the leaves, times the learning rate, to the scores of an output. */
function addValues(output: i32): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  const score = scores + 8 * <usize>output * nAll;
  for (let node = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at) != LEAF) continue;
    const value = learningRate * load<f64>(at, NODE_VALUE);
    store<f64>(at, value, NODE_VALUE);
    const end = load<i32>(at, NODE_END);
    let weight: f64 = 0;
    for (let i = load<i32>(at, NODE_START); i < end; i++) {
      const row = <usize>load<i32>(rows + ((<usize>i) << 2));
      weight += load<f64>(rowWeights + (row << 3));
      const place = score + (row << 3);
      store<f64>(place, load<f64>(place) + value);
    }
    store<f64>(at, weight, NODE_WEIGHT);
  }
  for (let row: usize = nRows; row < nAll; row++) {
    let node = 0;
    for (;;) {
      const feature = load<i32>(nodeAt(node));
      if (feature == LEAF) break;
      const bin = <i32>load<u8>(codes + <usize>feature * nAll + row);
      node = load<i32>(nodeAt(node) + (goesLeft(node, feature, bin) ? NODE_LEFT : NODE_RIGHT));
    }
    const place = score + (row << 3);
    store<f64>(place, load<f64>(place) + load<f64>(nodeAt(node), NODE_VALUE));
  }
}
