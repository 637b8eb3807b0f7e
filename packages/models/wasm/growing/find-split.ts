// AssemblyScript. Finds the best split of a node among the features drawn for it.

import { bestPurity, clearBest, compare, compareCounts } from './best-split';
import { addRows, addRowsTwice, takeBins } from './histogram';
import { beginCells, compareCells, FEW, sortCells, takeCells } from './cell-splits';
import {
  areAmounts,
  areCounted,
  hasMissing,
  isRandom,
  maxFeatures,
  minSamplesLeaf,
  nFeatures,
  order,
} from './memory';
import { setMean } from './purity';
import { compareRandomCells, isVariedCells } from './random-cells';
import { compareRandom } from './random-split';

/** The state of the current node's generator. */
let state: u32 = 0;

/**
 * Finds the split of the rows from `start` to `end`, whose bins are at `columns`, `columnSize` bytes per feature, and whose sums are at
 * `sums`.
 *
 * Considers features drawn by `seed` until `maxFeatures` were considered and one of them was not constant, and keeps the best split. Random
 * splits are drawn after their feature. False if there is no split.
 */
export function findSplit(columns: usize, columnSize: usize, start: i32, end: i32, seed: u32, sums: usize): bool {
  // The order must not depend on the previous node's.
  for (let i = 0; i < nFeatures; i++) store<i32>(order + ((<usize>i) << 2), i);
  clearBest();
  if (areAmounts()) {
    if (areCounted) beginCells(sums);
    else setMean(load<f64>(sums), load<f64>(sums, 8));
  }
  state = seed;
  let isVaried = false;
  let drawn = 0;
  const areCells = areCounted && areAmounts();
  // Few cells are sorted; random splits scan them.
  const hasHistogram = !areCells || (!isRandom && end - start > FEW);
  if (!isRandom && hasHistogram) {
    for (; drawn + 2 <= maxFeatures && drawn + 2 <= nFeatures; drawn += 2) {
      const first = draw(drawn);
      const second = draw(drawn + 1);
      const firstColumn = columns + <usize>first * columnSize;
      const secondColumn = columns + <usize>second * columnSize;
      addRowsTwice(firstColumn, secondColumn, start, end);
      const isFirstVaried = look(0, first, firstColumn, start, end, sums);
      const isSecondVaried = look(1, second, secondColumn, start, end, sums);
      isVaried = isVaried || isFirstVaried || isSecondVaried;
    }
  }
  for (; drawn < nFeatures && !(isVaried && drawn >= maxFeatures); drawn++) {
    const feature = draw(drawn);
    const column = columns + <usize>feature * columnSize;
    if (hasHistogram) addRows(column, start, end);
    isVaried = look(0, feature, column, start, end, sums) || isVaried;
  }
  return bestPurity > -Infinity;
}

function drawNext(): u32 {
  // A Weyl step, so that no state repeats.
  state += 0x6d2b79f5;
  return spread(state);
}

/** Draws the next feature, after `drawn` others. */
function draw(drawn: i32): i32 {
  const other = drawn + <i32>((<u64>drawNext() * <u64>(nFeatures - drawn)) >> 32);
  const feature = load<i32>(order + ((<usize>other) << 2));
  store<i32>(order + ((<usize>other) << 2), load<i32>(order + ((<usize>drawn) << 2)));
  store<i32>(order + ((<usize>drawn) << 2), feature);
  return feature;
}

/** Compares the splits of a feature, whose rows are in histogram `which`; false if it is constant in the node. */
function look(which: usize, feature: i32, column: usize, start: i32, end: i32, sums: usize): bool {
  const areCells = areCounted && areAmounts();
  if (areCounted && !areCells && !isRandom && minSamplesLeaf <= 1 && load<u8>(hasMissing + feature) == 0) {
    return compareCounts(which, feature, sums);
  }
  if (areCells && isRandom) {
    if (!isVariedCells(feature, column, start, end)) return false;
    compareRandomCells(feature, column, start, end, drawNext());
    return true;
  }
  let nBins: i32;
  if (!areCells) nBins = takeBins(which, column, start, end);
  else if (end - start <= FEW) nBins = sortCells(column, start, end);
  else nBins = takeCells(which);
  if (nBins == 1) return false;
  if (isRandom) compareRandom(feature, nBins, end - start, drawNext());
  else if (areCells) compareCells(feature, nBins);
  else compare(feature, nBins, end - start);
  return true;
}

/** The seed of a child depends only on its side and the seed of its parent, so a node draws the same features for any maximum depth. */
export function childSeed(seed: u32, side: u32): u32 {
  return spread(seed + side);
}

/** The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input changes every bit of the output. */
function spread(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
