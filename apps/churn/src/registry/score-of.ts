import type { Durations, Target } from '@churn/core';
import { type AnyScorer, type Scorer, type ScorerName, type SurvivalScorer, scorers } from '@churn/selection';

/** What a model says of rows. */
export interface Judged {
  /** An array of probabilities a class, or one of values; of times one of risks, and of the probability within each horizon. */
  readonly predictions: readonly Float64Array[];
  /** The class that it calls each row, as its place among the classes; of others none. */
  readonly called?: Int32Array;
  /** Of times. */
  readonly horizons?: readonly number[] | undefined;
}

/**
 * The score of some of the rows: of a scorer that is about labels, that of the calls, by the threshold of the model; of one that is about
 * survival, that from the start of each row up to the horizons.
 * @param y what became of the rows `rows`, in their order.
 * @throws what the scorer does.
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
    // A loop, for resamples take rows thousands of times.
    for (let i = 0; i < taken.length; i++) {
      taken[i] = calls ? Number(calls[rows[i]] === code) : column[rows[i]];
    }
    return taken;
  });
  if (scorer.needs !== 'survival') return (scorer as Scorer<Target>).score(y, columns);
  // At the start, nobody has had the event.
  const survival = columns.slice(1).map((within) => within.map((each) => 1 - each));
  const timed = (scorer as SurvivalScorer).at([0, ...horizons]);
  return timed.score(y as Durations, [new Float64Array(rows.length).fill(1), ...survival]);
}
