import { type Ranks, ranksOf } from '../ranks.js';
import { WeightsByRank } from '../weights-by-rank.js';
import type { RiskSets } from './risk-sets.js';

/**
 * The concordance, as `concordance` defines it, of pairs in the same stratum; `undefined` if none can be compared. The risk sets are
 * there already, so that nothing needs sorting but the scores.
 *
 * @param scores one per position of the risk sets.
 */
export function concordanceWithinStrata(
  riskSets: RiskSets,
  scores: Float64Array,
  weights: Float64Array,
): number | undefined {
  const { bounds, strata, deaths, nDeaths, joined, leaving, nTimes } = riskSets;
  let [concordant, comparable] = [0, 0];
  let ranks: Ranks = { of: new Uint32Array(0), count: 0 };
  let tree = new WeightsByRank(0);
  let [start, at, place] = [0, 0, 0];
  const add = (position: number, weight: number) => tree.add(ranks.of[position - start], weight);
  for (let k = 0; k < nTimes; k++) {
    if (k === 0 || strata[k] !== strata[k - 1]) {
      start = bounds[strata[k]];
      ranks = ranksOf(scores.subarray(start, bounds[strata[k] + 1]));
      [tree, at, place] = [new WeightsByRank(ranks.count), start, start];
    }
    const end = deaths[k] + nDeaths[k];
    // Rows that are censored at this very time come later; those with an event join after the pairs are counted.
    for (; at < deaths[k]; at++) add(at, weights[at]);
    for (at = end; at < joined[k]; at++) add(at, weights[at]);
    for (; leaving && place < leaving.left[k]; place++) {
      const gone = leaving.positions[place];
      add(gone, -weights[gone]);
    }
    for (let death = deaths[k]; death < end; death++) {
      concordant += weights[death] * tree.belowAndHalf(ranks.of[death - start]);
      comparable += weights[death] * tree.total;
    }
    for (let death = deaths[k]; death < end; death++) add(death, weights[death]);
  }
  return comparable > 0 ? concordant / comparable : undefined;
}
