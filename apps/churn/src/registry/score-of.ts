import type { Labels } from '@churn/core';
import { type Scorer, type ScorerName, scorers } from '@churn/selection';

/** A model's probabilities of rows, an array a class, and the class that it calls each, as its place among the classes. */
export interface Judged {
  readonly probabilities: readonly Float64Array[];
  readonly called: Int32Array;
}

/**
 * The score of some of the rows: of a scorer that is about labels, that of the calls, by the threshold of the model.
 * @param labels those of the rows `rows`, in their order.
 * @throws what the scorer does.
 */
export function scoreOf(
  name: ScorerName,
  labels: Labels,
  { probabilities, called }: Judged,
  rows: ArrayLike<number>,
): number {
  const scorer = scorers[name] as Scorer<Labels>;
  const isOfCalls = scorer.needs === 'labels';
  const columns = probabilities.map((column, code) => {
    const taken = new Float64Array(rows.length);
    // A loop, for resamples take rows thousands of times.
    for (let i = 0; i < taken.length; i++) {
      taken[i] = isOfCalls ? Number(called[rows[i]] === code) : column[rows[i]];
    }
    return taken;
  });
  return scorer.score(labels, columns);
}
