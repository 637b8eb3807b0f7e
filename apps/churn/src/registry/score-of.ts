import type { Durations, Target } from '@churn/core';
import { type AnyScorer, type Scorer, type ScorerName, type SurvivalScorer, scorers } from '@churn/selection';

/** The predictions of a model. */
export interface Judged {
  /**
   * An array of probabilities per class, or an array of values; for survival, an array of risks, then of the probability within each
   * horizon.
   */
  readonly predictions: readonly Float64Array[];
  /** The predicted class of each row, as an index, for classification. */
  readonly called?: Int32Array;
  /** The horizons, for survival. */
  readonly horizons?: readonly number[] | undefined;
}

/**
 * The score on some of the rows. Scorers of labels use the predicted classes, by the threshold of the model; survival scorers use the
 * probabilities from the start of each row up to the horizons.
 * @param y the outcomes of the rows `rows`, in this order.
 * @throws as the scorer does.
 */
export function scoreOf(
  name: ScorerName,
  y: Target,
  { predictions, called, horizons = [] }: Judged,
  rows: ArrayLike<number>,
): number {
  const scorer: AnyScorer = scorers[name];
  const calls = scorer.needs === 'labels' ? called : undefined;
  const columns = predictions.map((column, code) => {
    const taken = new Float64Array(rows.length);
    // A loop, since resampling does this thousands of times.
    for (let i = 0; i < taken.length; i++) {
      taken[i] = calls ? Number(calls[rows[i]] === code) : column[rows[i]];
    }
    return taken;
  });
  if (scorer.needs !== 'survival') return (scorer as Scorer<Target>).score(y, columns);
  // At time 0, no event has occurred.
  const survival = columns.slice(1).map((within) => within.map((each) => 1 - each));
  const timed = (scorer as SurvivalScorer).at([0, ...horizons]);
  return timed.score(y as Durations, [new Float64Array(rows.length).fill(1), ...survival]);
}
