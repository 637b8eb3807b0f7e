// AssemblyScript. Draws the features of which a node takes the best split.

import { bestPurity, clearBest, compare } from './best-split';
import { collect } from './histogram';
import { isRandom, maxFeatures, nFeatures, order } from './memory';
import { compareRandom } from './random-split';

/**
 * Looks for the split of the rows from `start` to `end`, whose bins are found at `columns`, `columnSize` bytes a feature.
 *
 * Looks at features drawn by `seed` until `maxFeatures` were seen and one of them was not constant, and keeps the best split. Where
 * splits are random, too, each is drawn after its feature.
 * False where there is none.
 */
export function findSplit(columns: usize, columnSize: usize, start: i32, end: i32, seed: u32): bool {
  // The order of the last node must not show in this one's.
  for (let i = 0; i < nFeatures; i++) store<i32>(order + ((<usize>i) << 2), i);
  clearBest();
  let state = seed;
  let isVaried = false;
  for (let drawn = 0; drawn < nFeatures && !(isVaried && drawn >= maxFeatures); drawn++) {
    // A Weyl step, so that no state repeats.
    state += 0x6d2b79f5;
    const other = drawn + <i32>((<u64>spread(state) * <u64>(nFeatures - drawn)) >> 32);
    const feature = load<i32>(order + ((<usize>other) << 2));
    store<i32>(order + ((<usize>other) << 2), load<i32>(order + ((<usize>drawn) << 2)));
    store<i32>(order + ((<usize>drawn) << 2), feature);
    const nBins = collect(columns + <usize>feature * columnSize, start, end);
    if (nBins == 1) continue;
    isVaried = true;
    if (isRandom) {
      state += 0x6d2b79f5;
      compareRandom(feature, nBins, end - start, spread(state));
    } else {
      compare(feature, nBins, end - start);
    }
  }
  return bestPurity > -Infinity;
}

/**
 * The seed of a child follows from the seed of its parent and its side alone, so a node draws the same features however deep the
 * tree is grown.
 */
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
