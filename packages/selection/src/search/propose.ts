import type { Random } from '@churn/core';
import { ParzenEstimator } from './parzen-estimator.js';
import type { Dimension, Point } from './search-space.js';

/** How many places are looked at for a proposal. */
const LOOKED_AT = 24;
const SHARE_OF_GOOD = 0.1;
const MAX_GOOD = 25;

/**
 * The next point to try: of some that are drawn near the good ones, that which is the likeliest to be good, by the ratio of two Parzen
 * estimators, of the good points and of the others.
 *
 * Source: as of `ParzenEstimator`; how many points count as good is as in Optuna.
 *
 * @param spaces the dimensions of each space.
 * @param tried points with their scores, the best first.
 * @param others points that are not good, or not known yet.
 */
export function propose(
  spaces: readonly (readonly Dimension[])[],
  tried: readonly Point[],
  others: readonly Point[],
  random: Random,
): Point {
  const nGood = Math.min(MAX_GOOD, Math.ceil(SHARE_OF_GOOD * tried.length));
  const good = new ParzenEstimator(spaces, tried.slice(0, nGood));
  const bad = new ParzenEstimator(spaces, [...tried.slice(nGood), ...others]);
  let best = good.draw(random);
  let most = good.density(best) / bad.density(best);
  for (let i = 1; i < LOOKED_AT; i++) {
    const point = good.draw(random);
    const ratio = good.density(point) / bad.density(point);
    if (ratio > most) [best, most] = [point, ratio];
  }
  return best;
}
