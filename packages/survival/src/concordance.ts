import {
  ChurnError,
  checkedWeights,
  Durations,
  type DurationsLike,
  isList,
  type OptionsOf,
  readOptions,
} from '@churn/core';
import { sweepRiskSets } from './risk-set-sweep.js';
import { sampleWeightParameter } from './sample-weight-parameter.js';
import { WeightsByRank } from './weights-by-rank.js';

const parameters = {
  /** How much each row counts, a number from 0 per row; a row of weight 2 counts as two equal rows. Default 1 each. */
  sampleWeight: sampleWeightParameter(),
};

export type ConcordanceOptions = OptionsOf<typeof parameters>;

/**
 * The concordance of risk scores with durations (Harrell, Lee and Mark, 1996): of the pairs whose order of events is known, the share in
 * which the row with the earlier event has the higher score; equal scores count half. A row is compared with those under observation when its event
 * comes; one that is censored at that very time counts as later, and two events at one time as no pair. Takes O(n log n).
 *
 * @param risk a score per row, the higher the sooner the event, such as `predict` of a survival model gives.
 * @returns from 0 to 1; 0.5 says nothing, 1 is the right order.
 * @throws `invalid-data` where `risk` is not one finite number per row, or the weights are not one per row; `invalid-target` where no pair can be
 *   compared.
 */
export function concordance(y: DurationsLike, risk: ArrayLike<number>, options?: ConcordanceOptions): number {
  const { sampleWeight } = readOptions(parameters, options);
  const durations = Durations.from(y);
  const ranks = ranksOf(risk, durations.length);
  const weights = sampleWeight
    ? checkedWeights(sampleWeight, durations.length)
    : new Float64Array(durations.length).fill(1);
  const tree = new WeightsByRank(ranks.count);
  let [concordant, comparable] = [0, 0];
  sweepRiskSets(durations, {
    add: (row) => tree.add(ranks.of[row], weights[row]),
    remove: (row) => tree.add(ranks.of[row], -weights[row]),
    events: (_, rows) => {
      for (const row of rows) tree.add(ranks.of[row], -weights[row]);
      for (const row of rows) {
        const below = tree.below(ranks.of[row]);
        const upTo = tree.below(ranks.of[row] + 1);
        concordant += weights[row] * (below + (upTo - below) / 2);
        comparable += weights[row] * tree.total;
      }
      for (const row of rows) tree.add(ranks.of[row], weights[row]);
    },
  });
  if (comparable > 0) return concordant / comparable;
  throw new ChurnError('invalid-target', 'concordance: no two rows whose order of events is known');
}

/** The place of each score among the distinct ones, from 0. */
function ranksOf(risk: ArrayLike<number>, n: number): { readonly of: Uint32Array; readonly count: number } {
  if (!isList(risk) || risk.length !== n)
    throw new ChurnError('invalid-data', `expected a risk score for each of ${n} rows, got ${risk?.length}`);
  const wrong = Array.from(risk).findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0)
    throw new ChurnError(
      'invalid-data',
      `row ${wrong}: expected a finite risk score, got ${String(risk[wrong])}`,
    );
  const order = Uint32Array.from(risk, (_, row) => row).sort((a, b) => risk[a] - risk[b]);
  const of = new Uint32Array(n);
  let rank = 0;
  order.forEach((row, i) => {
    if (i > 0 && risk[row] !== risk[order[i - 1]]) rank++;
    of[row] = rank;
  });
  return { of, count: rank + 1 };
}
