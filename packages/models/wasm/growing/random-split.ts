// AssemblyScript. One split of a feature, drawn at random.

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
 * Keeps one split of a feature, if it is better than those of other features: after a bin drawn from those between the least and the
 * greatest in which the node has rows (Geurts, Ernst and Wehenkel, "Extremely randomized trees", 2006). Missing values go to the side
 * that suits them better; where all known values are in one bin, the split is between these and the missing ones.
 *
 * @param drawn what the bin follows from.
 */
export function compareRandom(feature: i32, nBins: i32, nHere: i32, drawn: u32): void {
  const sawMissing = load<u8>(hasMissing + feature) != 0 && binAt(nBins - 1) == MISSING_BIN;
  const nKnown = sawMissing ? nBins - 1 : nBins;
  const least = binAt(0);
  const lastLeft = least + <i32>((<u64>drawn * <u64>(binAt(nKnown - 1) - least)) >> 32);
  // With the very next bin on the right the split stays where it was drawn, and does not move to the middle of a gap.
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

/** Adds up both sides of a split, bin by bin: a class that a side lacks must weigh exactly nothing there. */
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
