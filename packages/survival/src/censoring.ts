import { ChurnError, Durations, type DurationsLike, type Parameter, parameter } from '@churn/core';
import { eventTable } from './event-table.js';
import { productLimit } from './kaplan-meier.js';
import { sampleWeightParameter, weightsOf } from './sample-weight.js';
import { lastStep } from './step-function.js';

/** The options of metrics weighted for censoring. */
export const censoringParameters = {
  /** The weight of each row, a non-negative number; a row of weight 2 counts as two equal rows. Default 1 for each. */
  sampleWeight: sampleWeightParameter(),
  /** The durations to estimate the censoring from, such as those of training. Default: the ones to be scored. */
  train: durationsParameter(),
};

/** Durations with the weights that make up for censored rows (inverse probability of censoring; Robins and Rotnitzky, 1992). */
export interface CensoringWeights {
  readonly durations: Durations;
  /** The weight of each row. */
  readonly weights: Float64Array;
  /** One over the probability of not being censored before `time`: the weight of an event then. Infinite if that is 0. */
  ofEvent(time: number): number;
  /** One over the probability of not being censored up to `time`: the weight of a row that is there after it. */
  ofSurvivor(time: number): number;
}

/**
 * Weights by the Kaplan-Meier estimate of the censoring, in which a row with an event leaves before those that are censored at the same
 * time. They make up for rows that left too early, but not for those that never came under observation because their event came first. So
 * they refuse left truncation, as `rttright` of R's survival does; scikit-survival has no entry times at all. `concordance` by Harrell's
 * method heeds them.
 * @throws `invalid-target` if there is left truncation, which such weights do not heed; `invalid-data` if the weights are not one per
 * row.
 */
export function censoringWeights(
  y: DurationsLike,
  { sampleWeight, train }: { readonly sampleWeight?: ArrayLike<number>; readonly train?: DurationsLike },
  metric: string,
): CensoringWeights {
  const durations = Durations.from(y);
  const learned = train === undefined ? durations : Durations.from(train);
  if (durations.entry || learned.entry)
    throw new ChurnError(
      'invalid-target',
      `${metric}: expected durations without entry: weights for censoring do not heed left truncation`,
    );
  const weights = weightsOf(durations, sampleWeight);
  const table = eventTable(learned, train === undefined ? weights : weightsOf(learned));
  const uncensored = productLimit(
    table.atRisk.map((n, i) => n - table.events[i]),
    table.censored,
  );
  return {
    durations,
    weights,
    ofEvent(time) {
      const place = lastStep(table.times, time);
      return 1 / (uncensored[table.times[place] === time ? place - 1 : place] ?? 1);
    },
    ofSurvivor: (time) => 1 / (uncensored[lastStep(table.times, time)] ?? 1),
  };
}

/** @throws `invalid-target` for a weight of row `row` that is infinite. */
export function requireFiniteWeight(weight: number, row: number, metric: string, hint: string): void {
  if (weight < Infinity) return;
  throw new ChurnError(
    'invalid-target',
    `${metric}, row ${row}: its event occurs when all rows used to estimate the censoring are censored; ${hint}`,
  );
}

// @__NO_SIDE_EFFECTS__
function durationsParameter(): Parameter<DurationsLike> {
  const isObject = (value: unknown): value is DurationsLike => typeof value === 'object' && value !== null;
  return { ...parameter('durations', isObject), isPlain: false };
}
