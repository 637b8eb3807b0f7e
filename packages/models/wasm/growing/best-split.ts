// AssemblyScript. The best split of the current node.

import { binAt, takeUsed } from './histogram';
import {
  areAmounts,
  beyondWeights,
  binRows,
  binWeights,
  criterion,
  GINI,
  hasMissing,
  histogram,
  histogramSize,
  inUse,
  leftWeights,
  minSamplesLeaf,
  MISSING_BIN,
  N_BINS,
  nSums,
  rightWeights,
  scanLeft,
} from './memory';
import { entropyOf, giniOf, purityOfAmounts, xLogX } from './purity';

export let bestFeature: i32 = 0;
export let bestLastLeft: i32 = 0;
export let bestFirstRight: i32 = 0;
export let bestPurity: f64 = 0;
/** 0 if missing values go left, 1 if they go right, 2 if the node has none. */
export let bestMissing: i32 = 0;

export function clearBest(): void {
  bestPurity = -Infinity;
}

/** Keeps the best split of a feature, with the weights of its sides, if it beats the best so far. */
export function compare(feature: i32, nBins: i32, nHere: i32): void {
  const sawMissing = load<u8>(hasMissing + feature) != 0 && binAt(nBins - 1) == MISSING_BIN;
  const nKnown = sawMissing ? nBins - 1 : nBins;
  // With the missing values on the right, there is a split between all known values and them.
  scan(feature, nBins, sawMissing ? nKnown : nKnown - 1, nHere, -1, sawMissing ? 1 : 2);
  if (sawMissing) scan(feature, nKnown, nKnown - 1, nHere, nKnown, 0);
}

/**
 * Tries a split after each of the first `nSplits` of `nPlaces` bins, with the bin `onLeft` on the left, too, unless it is -1.
 *
 * The purity of a side, given the weight w_k of each class: `Σ w_k² / w` for Gini, `Σ w_k ln w_k - w ln w` for entropy. It is minus the
 * weighted impurity, up to a term that does not depend on the split.
 */
function scan(feature: i32, nPlaces: i32, nSplits: i32, nHere: i32, onLeft: i32, missing: i32): void {
  if (nSums == 2) {
    scanTwoSums(feature, nPlaces, nSplits, nHere, onLeft, missing);
    return;
  }
  const isGini = criterion == GINI;
  addUpBeyond(nPlaces);
  const nBytes: usize = (<usize>nSums) << 3;
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
    if (purity > bestPurity) {
      keep(feature, binAt(i), binAt(i + 1), purity, missing);
      memory.copy(leftWeights, scanLeft, nBytes);
      memory.copy(rightWeights, fromBeyond - nBytes, nBytes);
    }
  }
}

/** `scan` for two classes or uncounted target values, without arrays of sums, since most time is spent here. */
function scanTwoSums(feature: i32, nPlaces: i32, nSplits: i32, nHere: i32, onLeft: i32, missing: i32): void {
  addUpBeyond(nPlaces);
  let left = f64x2(0, 0);
  let rowsLeft = 0;
  if (onLeft >= 0) {
    left = v128.load(binWeights + ((<usize>onLeft) << 4));
    rowsLeft = load<i32>(binRows + ((<usize>onLeft) << 2));
  }
  const gini = criterion == GINI;
  const ofAmounts = areAmounts();
  const least = minSamplesLeaf;
  let highest = bestPurity;
  let from = binWeights;
  let fromBeyond = beyondWeights;
  for (let i = 0; i < nSplits; i++, from += 16, fromBeyond += 16) {
    left = f64x2.add(left, v128.load(from));
    if (least > 1) {
      rowsLeft += load<i32>(binRows + ((<usize>i) << 2));
      if (rowsLeft < least || nHere - rowsLeft < least) continue;
    }
    const right = v128.load(fromBeyond);
    const purity = ofAmounts
      ? purityOfAmounts(left, right)
      : gini
        ? giniOf(left, right)
        : entropyOf(left) + entropyOf(right);
    if (purity > highest) {
      highest = purity;
      keep(feature, binAt(i), binAt(i + 1), purity, missing);
      v128.store(leftWeights, left);
      v128.store(rightWeights, right);
    }
  }
}

/**
 * `takeBins` and `compare` in one pass, for a feature without missing values and counted rows: sums of counts are exact, so the right side
 * is the node minus the left side. False if the feature is constant in the node.
 *
 * @param which the histogram.
 * @param node the weights of the node.
 */
export function compareCounts(which: usize, feature: i32, node: usize): bool {
  const used = inUse + which * N_BINS;
  const hist = histogram + which * histogramSize;
  const all = v128.load(node);
  const gini = criterion == GINI;
  let left = f64x2(0, 0);
  let highest = bestPurity;
  let last = -1;
  let nBins = 0;
  for (let first = 0; first < N_BINS; first += 16) {
    for (let bits = takeUsed(used + first); bits != 0; bits &= bits - 1, nBins++) {
      const bin = first + <i32>ctz(bits);
      if (nBins > 0) {
        const right = f64x2.sub(all, left);
        const purity = gini ? giniOf(left, right) : entropyOf(left) + entropyOf(right);
        if (purity > highest) {
          highest = purity;
          keep(feature, last, bin, purity, 2);
          v128.store(leftWeights, left);
          v128.store(rightWeights, right);
        }
      }
      const from = hist + (<usize>bin << 3);
      left = f64x2.add(left, f64x2.convert_low_i32x4_u(v128.load64_zero(from)));
      store<u64>(from, 0);
      last = bin;
    }
  }
  return nBins > 1;
}

/**
 * Sums the classes in the bins after each position, starting from the last of `nPlaces`. The node minus the left side would have the
 * rounding error of the node, which could exceed a side with light rows.
 */
function addUpBeyond(nPlaces: i32): void {
  const width = <usize>nSums << 3;
  const last = <usize>(nPlaces - 1) * width;
  let at = beyondWeights + last;
  let from = binWeights + last;
  if (nSums == 2) {
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

/** Keeps a split: the last bin with rows on its left, and the first on its right. */
export function keep(feature: i32, lastLeft: i32, firstRight: i32, purity: f64, missing: i32): void {
  bestPurity = purity;
  bestFeature = feature;
  bestLastLeft = lastLeft;
  bestFirstRight = firstRight;
  bestMissing = missing;
}
