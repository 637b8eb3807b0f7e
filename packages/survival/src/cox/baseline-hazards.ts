import { packArray, type StateReader } from '@churn/core';
import { lastStep } from '../step-function.js';
import type { CoxProblem } from './cox-problem.js';
import type { StratumValues } from './strata.js';

/** The cumulative hazard of a row whose covariates are at their means, in one stratum: a step function that is 0 before its first time. */
export interface BaselineHazard {
  /** The values of the stratum, one per column that the strata are by; none without strata. */
  readonly stratum: StratumValues;
  /** The event times, ascending. */
  readonly times: Float64Array;
  /** The cumulative hazard from each of them on. */
  readonly cumulativeHazard: Float64Array;
}

/** A baseline as plain JSON. */
export type BaselineHazardState = {
  readonly stratum: StratumValues;
  /** The times, packed. */
  readonly times: string;
  /** The cumulative hazards, packed. */
  readonly cumulativeHazard: string;
};

/** Breslow's estimate (Breslow, 1972) in each stratum, at the scores of the training rows. */
export function baselineHazards(
  { riskSets, likelihood, strata }: CoxProblem,
  scores: Float64Array,
): BaselineHazard[] {
  const increments = likelihood.baselineIncrements(scores);
  // Event times come by stratum, from the latest to the earliest.
  let from = 0;
  return strata.map((stratum, code) => {
    const start = from;
    while (from < riskSets.nTimes && riskSets.strata[from] === code) from++;
    const times = riskSets.times.slice(start, from).reverse();
    const cumulativeHazard = increments.slice(start, from).reverse();
    for (let k = 1; k < times.length; k++) cumulativeHazard[k] += cumulativeHazard[k - 1];
    return { stratum, times, cumulativeHazard };
  });
}

export function packBaseline({ stratum, times, cumulativeHazard }: BaselineHazard): BaselineHazardState {
  return { stratum, times: packArray(times), cumulativeHazard: packArray(cumulativeHazard) };
}

/** @throws `model-file` if it is not what `packBaseline` gives. */
export function restoreBaseline(state: StateReader, nColumns: number): BaselineHazard {
  const stratum = state.list('stratum', isStratumValue);
  state.expect(stratum.length === nColumns, 'stratum', 'a value per column of the strata');
  const times = state.packed('times', Float64Array, { from: 0 });
  state.expect(isAscending(times), 'times', 'ascending');
  const cumulativeHazard = state.packed('cumulativeHazard', Float64Array, { length: times.length, from: 0 });
  const neverFalls = cumulativeHazard.every((value, k) => k === 0 || value >= cumulativeHazard[k - 1]);
  state.expect(neverFalls, 'cumulativeHazard', 'numbers that never fall');
  return { stratum, times, cumulativeHazard };
}

/** The cumulative hazard at a time. */
export function cumulativeHazardAt({ times, cumulativeHazard }: BaselineHazard, time: number): number {
  const step = lastStep(times, time);
  return step < 0 ? 0 : cumulativeHazard[step];
}

function isAscending(times: Float64Array): boolean {
  return times.every((time, k) => k === 0 || time > times[k - 1]);
}

function isStratumValue(value: unknown): value is number | string {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
