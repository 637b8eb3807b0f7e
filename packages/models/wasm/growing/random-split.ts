// AssemblyScript. A random split of a feature.

import { bestPurity, keep } from './best-split';
import { binAt } from './histogram';
import {
  beyondWeights,
  binRows,
  binWeights,
  hasMissing,
  leftWeights,
  minSamplesLeaf,
  MISSING_BIN,
  nSums,
  rightWeights,
  scanLeft,
} from './memory';
import { purityOfSides } from './purity';

/**
 * Keeps a random split of a feature, if it beats the best so far: after a bin drawn between the smallest and the largest bin in which the
 * node has rows (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006). Missing values go to the side that makes the better
 * split; if all other values are in one bin, the split separates missing values from them.
 *
 * @param drawn the random number that determines the bin.
 */
export function compareRandom(feature: i32, nBins: i32, nHere: i32, drawn: u32): void {
  const sawMissing = load<u8>(hasMissing + feature) != 0 && binAt(nBins - 1) == MISSING_BIN;
  const nKnown = sawMissing ? nBins - 1 : nBins;
  const least = binAt(0);
  const lastLeft = least + <i32>((<u64>drawn * <u64>(binAt(nKnown - 1) - least)) >> 32);
  // With the adjacent bin on the right, the split stays where it was drawn, instead of moving to the middle of a gap.
  const firstRight = nKnown == 1 ? MISSING_BIN : lastLeft + 1;
  tryOne(feature, nBins, nHere, lastLeft, firstRight, sawMissing ? 1 : 2);
  if (sawMissing && nKnown > 1) tryOne(feature, nBins, nHere, lastLeft, firstRight, 0);
}

function tryOne(feature: i32, nBins: i32, nHere: i32, lastLeft: i32, firstRight: i32, missing: i32): void {
  if (minSamplesLeaf > 1) {
    let rowsLeft = 0;
    for (let i = 0; i < nBins; i++) {
      if (isLeft(binAt(i), lastLeft, missing == 0)) rowsLeft += load<i32>(binRows + ((<usize>i) << 2));
    }
    if (rowsLeft < minSamplesLeaf || nHere - rowsLeft < minSamplesLeaf) return;
  }
  weighSides(nBins, lastLeft, missing == 0, scanLeft, beyondWeights);
  const purity = purityOfSides(scanLeft, beyondWeights, nSums);
  if (purity <= bestPurity) return;
  keep(feature, lastLeft, firstRight, purity, missing);
  memory.copy(leftWeights, scanLeft, <usize>nSums << 3);
  memory.copy(rightWeights, beyondWeights, <usize>nSums << 3);
}

/** Sums both sides of a split, bin by bin, so that a class absent on a side has a weight of exactly 0 there. */
function weighSides(nBins: i32, lastLeft: i32, missingLeft: bool, left: usize, right: usize): void {
  memory.fill(left, 0, <usize>nSums << 3);
  memory.fill(right, 0, <usize>nSums << 3);
  let from = binWeights;
  for (let i = 0; i < nBins; i++) {
    let side = isLeft(binAt(i), lastLeft, missingLeft) ? left : right;
    for (let k = 0; k < nSums; k++, from += 8, side += 8) store<f64>(side, load<f64>(side) + load<f64>(from));
  }
}

@inline
function isLeft(bin: i32, lastLeft: i32, missingLeft: bool): bool {
  return bin <= lastLeft || (missingLeft && bin == MISSING_BIN);
}
