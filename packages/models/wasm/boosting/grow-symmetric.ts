// AssemblyScript. Grows symmetric trees: all leaves of a level have the same split (Kohavi, "Bottom-up induction of oblivious
// read-once decision graphs", 1994; Prokhorenkova et al., "CatBoost", 2018).

import { canSplit, findLevelSplit, triedLeft } from './find-level-split';
import { finishHistogram } from './histograms';
import { maxDepth } from './memory';
import { nOpen, OPEN_FEATURE, OPEN_SUM, openAt, take, tried } from './open-leaves';
import { splitLeaf } from './split-leaf';

/** Splits the open root, then all leaves level by level. */
export function growSymmetric(): void {
  finishHistogram();
  for (let depth = 0; depth < maxDepth; depth++) {
    if (!findLevelSplit(depth)) return;
    const feature = load<i32>(openAt(tried()), OPEN_FEATURE);
    const nLeaves = nOpen;
    for (let place = 0; place < nLeaves; place++) {
      const left = triedLeft(place);
      const right = i32x4.sub(v128.load(openAt(place), OPEN_SUM), left);
      if (!canSplit(place, feature, left, right)) continue;
      take(place, left);
      if (splitLeaf(place, depth + 1 < maxDepth)) finishHistogram();
    }
  }
}
