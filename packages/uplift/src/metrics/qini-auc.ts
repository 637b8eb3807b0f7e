import { ChurnError } from '@churn/core';
import type { OutcomeLike } from '../outcomes.js';
import { areaOverDiagonal, curveOf, type UpliftCurve } from './arm-sums.js';
import { qini } from './qini-curve.js';
import { type RankedOutcomes, rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';

/**
 * The Qini coefficient: the area between the Qini curve and the straight line of a random order, as a share of that area for the perfect
 * order; `qini_auc_score` of scikit-uplift. 1 is perfect, 0 is chance.
 *
 * @throws as `qiniCurve`; `invalid-target` if all outcomes are 0, so that no order is better than another.
 */
export function qiniAuc(y: OutcomeLike, uplift: ArrayLike<number>, treated: TreatedLike): number {
  const ranked = rankedOutcomes(y, uplift, treated);
  const perfect = areaOverDiagonal(perfectCurve(ranked));
  if (perfect === 0) {
    throw new ChurnError('invalid-target', 'qiniAuc: expected outcomes that a ranking can distinguish');
  }
  return areaOverDiagonal(curveOf(ranked, qini)) / perfect;
}

/** The largest outcomes of treated rows first, those of control rows last. */
function perfectCurve({ outcomes, treated }: RankedOutcomes): UpliftCurve {
  const best = outcomes.map((outcome, i) => (treated[i] === 1 ? outcome : -outcome));
  return curveOf(rankedOutcomes(outcomes, best, treated), qini);
}
