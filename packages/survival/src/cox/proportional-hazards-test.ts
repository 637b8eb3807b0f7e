import {
  ChurnError,
  type Durations,
  type DurationsLike,
  log,
  type OptionsOf,
  oneOf,
  readOptions,
  requireTable,
  type Table,
  withDefault,
} from '@churn/core';
import { chiSquareTail } from '../chi-square.js';
import { sampleWeightParameter } from '../sample-weight.js';
import { coxProblem } from './cox-problem.js';
import type { ChiSquareTest } from './cox-summary.js';
import type { FittedCoxRegression } from './fitted-cox-regression.js';
import { RiskSets } from './risk-sets.js';

const TRANSFORMS = ['rank', 'km', 'identity', 'log'] as const;

const parameters = {
  /**
   * The scale of time on which a coefficient might drift: the rank of the event among all (default), one less the Kaplan–Meier estimate,
   * the time itself, or its logarithm. Ranks of events at one time are averaged.
   */
  timeTransform: withDefault(oneOf(TRANSFORMS), 'rank'),
  /** The weights of the fit, if it had some. */
  sampleWeight: sampleWeightParameter(),
};

export type ProportionalHazardsTestOptions = OptionsOf<typeof parameters>;

/** Whether the coefficient of a covariate changes with time. */
export interface ProportionalHazardsResult extends ChiSquareTest {
  readonly covariate: string;
}

/**
 * Tests whether hazards are proportional: for each covariate, whether its scaled Schoenfeld residuals, which are what its coefficient
 * lacks at each event, go up or down with time. The statistic is that of Grambsch and Therneau (1994) with the information spread evenly
 * over events, as `cox.zph` of R had it up to 2019, and lifelines has it.
 *
 * @param x the rows of the fit.
 * @param y their durations.
 * @throws `invalid-parameter` for a model with an l1 penalty, which has no covariance; `invalid-target` if all events are at one time, or
 * one is at time 0 and `timeTransform` is `'log'`; and the errors of `fit` of its input.
 */
export function proportionalHazardsTest(
  model: FittedCoxRegression,
  x: Table,
  y: DurationsLike,
  options?: ProportionalHazardsTestOptions,
): ProportionalHazardsResult[] {
  const { timeTransform, sampleWeight } = readOptions(parameters, options);
  requireTable(x);
  const { covariates, coefficients, covariance, ties } = model.state;
  if (!covariance)
    throw new ChurnError(
      'invalid-parameter',
      'proportionalHazardsTest: expected a model without an l1 penalty, which has no covariance',
    );
  const strata = model.state.strata.map(({ name }) => name);
  const problem = coxProblem(x.select(model.features), y, { strata, ties }, sampleWeight && { sampleWeight });
  const { riskSets, likelihood, scales, columns, weights } = problem;
  const means = likelihood.riskSetMeans(
    likelihood.scores(Float64Array.from(coefficients, (coefficient, j) => coefficient * scales[j])),
  );
  const own = problem.y.take(riskSets.rows);
  const drift = centred(transformed(own, weights, timeTransform), own.events, weights);
  // The residuals of a covariate, times how far the time of each event is from their mean.
  const along = columns.map((column, j) => {
    let sum = 0;
    for (let k = 0; k < riskSets.nTimes; k++) {
      const end = riskSets.deaths[k] + riskSets.nDeaths[k];
      for (let at = riskSets.deaths[k]; at < end; at++)
        sum += weights[at] * drift[at] * (column[at] - means[j][k]);
    }
    return sum * scales[j];
  });
  const { events } = own;
  const sumOfEvents = (of: (at: number) => number) =>
    events.reduce((sum, event, at) => sum + (event && of(at)), 0);
  const squares = sumOfEvents((at) => weights[at] * drift[at] * drift[at]);
  const nEvents = sumOfEvents((at) => weights[at]);
  return covariates.map((covariate, j) => {
    const scaled = covariance[j].reduce((sum, value, k) => sum + value * along[k], 0);
    const statistic = (nEvents * scaled * scaled) / (covariance[j][j] * squares);
    return { covariate, statistic, degreesOfFreedom: 1, pValue: chiSquareTail(statistic, 1) };
  });
}

function transformed(
  y: Durations,
  weights: Float64Array,
  transform: (typeof TRANSFORMS)[number],
): Float64Array {
  const { values, events } = y;
  if (transform === 'identity') return values;
  if (transform === 'log') {
    if (values.every((value, at) => value > 0 || events[at] === 0)) return values.map(log);
    throw new ChurnError('invalid-target', 'timeTransform "log": expected events after time 0, got one at 0');
  }
  const all = new RiskSets(y);
  const own = Float64Array.from(all.rows, (row) => weights[row]);
  const dying = all.sumsOfDeaths(own);
  const atRisk = all.sums(own);
  const result = new Float64Array(values.length);
  let [before, survival] = [0, 1];
  for (let k = all.nTimes - 1; k >= 0; k--) {
    survival *= 1 - dying[k] / atRisk[k];
    const value = transform === 'km' ? 1 - survival : before + dying[k] / 2;
    before += dying[k];
    const end = all.deaths[k] + all.nDeaths[k];
    for (let at = all.deaths[k]; at < end; at++) result[all.rows[at]] = value;
  }
  return result;
}

/** Times less the mean of those with an event. */
function centred(times: Float64Array, events: Uint8Array, weights: Float64Array): Float64Array {
  const all = weights.reduce((sum, weight, at) => sum + weight * events[at], 0);
  const mean = times.reduce((sum, time, at) => sum + (events[at] ? (weights[at] / all) * time : 0), 0);
  const first = events.indexOf(1);
  if (times.some((time, at) => events[at] === 1 && time !== times[first]))
    return times.map((time) => time - mean);
  throw new ChurnError('invalid-target', 'proportionalHazardsTest: expected events at two times or more');
}
