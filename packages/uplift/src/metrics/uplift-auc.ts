import { ChurnError } from '@churn/core';
import { areBinary, type OutcomeLike } from '../outcomes.js';
import { areaOverDiagonal, curveOf, type UpliftCurve } from './arm-sums.js';
import { type RankedOutcomes, rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';
import { cumulativeGain } from './uplift-curve.js';

/**
 * The area between the uplift curve and the straight line of a random order, as a share of that area for the perfect order;
 * `uplift_auc_score` of scikit-uplift. It takes outcomes of two classes; `qiniAuc` also takes numeric outcomes.
 *
 * @throws as `qiniCurve`; `invalid-target` if outcomes are other than 0 and 1.
 */
export function upliftAuc(y: OutcomeLike, uplift: ArrayLike<number>, treated: TreatedLike): number {
  const ranked = rankedOutcomes(y, uplift, treated);
  if (!areBinary(ranked.outcomes)) {
    throw new ChurnError(
      'invalid-target',
      'upliftAuc: expected outcomes of two classes, got numeric outcomes; use qiniAuc',
    );
  }
  const perfect = areaOverDiagonal(perfectCurve(ranked));
  if (perfect === 0) {
    throw new ChurnError('invalid-target', 'upliftAuc: expected outcomes that a ranking can distinguish');
  }
  return areaOverDiagonal(curveOf(ranked, cumulativeGain)) / perfect;
}

/** The curve if rows whose outcome favours the treatment come first: treated rows with outcome 1 and control rows with outcome 0. */
function perfectCurve({ outcomes, treated }: RankedOutcomes): UpliftCurve {
  let respondingControl = 0;
  let silentTreated = 0;
  for (let i = 0; i < outcomes.length; i++) {
    if (outcomes[i] === 1 && treated[i] === 0) respondingControl++;
    if (outcomes[i] === 0 && treated[i] === 1) silentTreated++;
  }
  const within = respondingControl > silentTreated ? outcomes : treated;
  const best = outcomes.map((outcome, i) => (outcome === treated[i] ? 2 : 0) + within[i]);
  return curveOf(rankedOutcomes(outcomes, best, treated), cumulativeGain);
}
