import type { Attributions, FittedRegressor, JsonObject, StateReader, Table } from '@churn/core';
import { linkedValues } from '../tree-ensemble/score-link.js';
import { BoostedModel, boostedState, restoreBoosted } from './boosted-model.js';
import type { Boosted } from './boosting-run.js';

/** The link between scores and predictions: the identity, or the exponential function. */
export type BoostedLink = (typeof LINKS)[number];

const LINKS = ['identity', 'exp'] as const;

/**
 * The parts of a fitted boosting regressor: one score, or one per quantile, with one tree per score and
 * round.
 */
export interface BoostedRegression extends Boosted {
  readonly link: BoostedLink;
  /** The ascending levels of the quantiles, if there are several; one score each. */
  readonly quantiles: readonly number[] | null;
}

/** Any finite statistic. */
const ANY = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE };

/** The trees that a `GradientBoostingRegressor` has learned. */
export class FittedGradientBoostingRegressor
  extends BoostedModel<BoostedRegression>
  implements FittedRegressor
{
  readonly role = 'regressor';
  readonly type = 'GradientBoostingRegressor';
  /** Exact SHAP values, if predictions are the scores themselves, and not quantiles. */
  readonly attributions?: (x: Table) => Attributions;
  /** The quantiles of each row, one array per level in ascending order; present if the model has several levels. */
  readonly predictQuantiles?: (x: Table) => Float64Array[];

  constructor(boosted: BoostedRegression) {
    super(boosted);
    if (boosted.quantiles) this.predictQuantiles = (x) => rearranged(this.scores(x));
    else if (boosted.link === 'identity') {
      this.attributions = (x) => ({ unit: 'amount', outputs: this.contributions(x) });
    }
  }

  /** @throws `model-file` if `state` is not that of a boosting regressor. */
  static restore(state: StateReader): FittedGradientBoostingRegressor {
    const link = state.oneOf('link', LINKS);
    const quantiles = state.has('quantiles') ? state.numbers('quantiles', { above: 0, below: 1 }) : null;
    const areLevels =
      quantiles === null ||
      (quantiles.length > 1 &&
        link === 'identity' &&
        quantiles.every((level, k) => k === 0 || level > quantiles[k - 1]));
    state.expect(areLevels, 'quantiles', 'two or more ascending levels');
    return new FittedGradientBoostingRegressor({
      link,
      quantiles,
      ...restoreBoosted(state, quantiles?.length ?? 1, ANY),
    });
  }

  get state(): JsonObject {
    const { link, quantiles } = this.boosted;
    return { link, ...(quantiles && { quantiles }), ...boostedState(this.boosted) };
  }

  /** The raw score of each row: the prediction or its logarithm; with several quantiles, that of the middle one. */
  decisionFunction(x: Table): Float64Array {
    const { quantiles } = this.boosted;
    const scores = this.scores(x);
    return quantiles ? rearranged(scores)[middleOf(quantiles)] : scores[0];
  }

  /** The prediction for each row; with several quantiles, that of the level nearest to 0.5. */
  predict(x: Table): Float64Array {
    return linkedValues(this.boosted.link, this.decisionFunction(x));
  }
}

/** The index of the level nearest to 0.5; the first one in a tie. */
function middleOf(levels: readonly number[]): number {
  const distances = levels.map((level) => Math.abs(level - 0.5));
  return distances.indexOf(Math.min(...distances));
}

/**
 * The scores of each row in ascending order: sorting crossing quantiles brings them closer to the true ones (Chernozhukov, Fernández-Val
 * and Galichon, "Quantile and probability curves without crossing", 2010).
 */
function rearranged(scores: Float64Array[]): Float64Array[] {
  const ofRow = new Float64Array(scores.length);
  for (let row = 0; row < scores[0].length; row++) {
    scores.forEach((score, k) => {
      ofRow[k] = score[row];
    });
    ofRow.sort();
    scores.forEach((score, k) => {
      score[row] = ofRow[k];
    });
  }
  return scores;
}
