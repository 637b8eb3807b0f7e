import type { Target } from '@churn/core';
import { type Scorer, type ScorerName, scorers } from '@churn/selection';

/** What a model says of rows. */
export interface Judged {
  /** An array of probabilities a class, or one of values or of risks. */
  readonly predictions: readonly Float64Array[];
  /** The class that it calls each row, as its place among the classes; of others none. */
  readonly called?: Int32Array;
}

/**
 * The score of some of the rows: of a scorer that is about labels, that of the calls, by the threshold of the model.
 * @param y what became of the rows `rows`, in their order.
 * @throws what the scorer does.
 */
export function scoreOf(
  name: ScorerName,
  y: Target,
  { predictions, called }: Judged,
  rows: ArrayLike<number>,
): number {
  const scorer = scorers[name] as Scorer<Target>;
  const calls = scorer.needs === 'labels' ? called : undefined;
  const columns = predictions.map((column, code) => {
    const taken = new Float64Array(rows.length);
    // A loop, for resamples take rows thousands of times.
    for (let i = 0; i < taken.length; i++) {
      taken[i] = calls ? Number(calls[rows[i]] === code) : column[rows[i]];
    }
    return taken;
  });
  return scorer.score(y, columns);
}
