import {
  ChurnError,
  Durations,
  type DurationsLike,
  numberParameter,
  type OptionsOf,
  oneOf,
  readOptions,
  type SettingsOf,
  withDefault,
} from '@churn/core';
import { censoringParameters, censoringWeights, requireFiniteWeight } from './censoring.js';
import { requireNumbers } from './checked-columns.js';
import { ranksOf } from './ranks.js';
import { sweepRiskSets } from './risk-set-sweep.js';
import { weightsOf } from './sample-weight.js';
import { WeightsByRank } from './weights-by-rank.js';

const parameters = {
  ...censoringParameters,
  /**
   * `'harrell'` (default) counts all pairs alike, so that it depends on how rows are censored; `'uno'` weights each event by the inverse square of the
   * probability of not being censored before it, so that it does not.
   */
  method: withDefault(oneOf(['harrell', 'uno']), 'harrell'),
  /** Events from this time on do not count: late ones have great weights with `'uno'`. Default: all count. */
  tau: numberParameter({ above: 0 }),
};

export type ConcordanceOptions = OptionsOf<typeof parameters>;

/**
 * The concordance of risk scores with durations (Harrell, Lee and Mark, 1996; Uno et al., 2011): the share of pairs with a known order of
 * events in which the row with the earlier event has the higher score, with ties counting half. A row is compared with those at risk at
 * its event; rows censored at the same time count as later, and simultaneous events are not a pair. Takes O(n log n).
 *
 * @param risk a score per row, the higher the sooner the event, such as `predict` of a survival model gives.
 * @returns from 0 to 1; 0.5 says nothing, 1 is the right order.
 * @throws `invalid-data` if `risk` is not one finite number per row, or the weights are not one per row; `invalid-target` if no pair can
 * be compared, and with `'uno'` if there is left truncation or a row whose event comes when all are censored.
 */
export function concordance(y: DurationsLike, risk: ArrayLike<number>, options?: ConcordanceOptions): number {
  const settings = readOptions(parameters, options);
  const durations = Durations.from(y);
  const weights = weightsOf(durations, settings.sampleWeight);
  const eventWeights = eventWeightsOf(durations, weights, settings);
  requireNumbers(risk, durations.length, 'a finite risk score');
  const ranks = ranksOf(Float64Array.from(risk));
  const tree = new WeightsByRank(ranks.count);
  let [concordant, comparable] = [0, 0];
  sweepRiskSets(durations, {
    add: (row) => tree.add(ranks.of[row], weights[row]),
    remove: (row) => tree.add(ranks.of[row], -weights[row]),
    events: (_, rows) => {
      for (const row of rows) tree.add(ranks.of[row], -weights[row]);
      for (const row of rows) {
        concordant += eventWeights[row] * tree.belowAndHalf(ranks.of[row]);
        comparable += eventWeights[row] * tree.total;
      }
      for (const row of rows) tree.add(ranks.of[row], weights[row]);
    },
  });
  if (comparable > 0) return concordant / comparable;
  throw new ChurnError('invalid-target', 'concordance: no two rows whose order of events is known');
}

/** How much the pairs of each row with an event count. */
function eventWeightsOf(
  y: Durations,
  weights: Float64Array,
  { method, tau = Infinity, ...others }: SettingsOf<typeof parameters>,
): Float64Array {
  const censoring = method === 'uno' ? censoringWeights(y, others, 'concordance') : undefined;
  return weights.map((weight, row) => {
    if (y.events[row] === 0 || y.values[row] >= tau || weight === 0) return 0;
    const inverse = censoring?.ofEvent(y.values[row]) ?? 1;
    requireFiniteWeight(inverse, row, 'concordance', 'give a tau before it');
    return weight * inverse * inverse;
  });
}
