import { nextBelow } from '@churn/core';
import type { BaselineHazard, FittedCoxRegression } from '@churn/survival';
import type { Condition, Expression } from '../../expression.js';
import {
  add,
  and,
  atLeast,
  caseOf,
  choose,
  column,
  divide,
  less,
  linear,
  MISSING,
  multiply,
  not,
  number,
  or,
  subtract,
} from '../expressions.js';
import type { Frame } from '../frame.js';
import type { SurvivalLowering } from '../survival.js';
import { throwUnsupported } from '../unsupported.js';
import { refuseOverflow } from './amounts.js';
import { eventProbability } from './event-probability.js';
import { named, refuseFeatures } from './probabilities.js';
import { expectedTime, HALF, lengthAhead, unlessGone } from './remaining-time.js';

/** The cumulative hazard is the baseline of the stratum times the exponential of the score. */
export const coxRegression: SurvivalLowering = (fitted, frame, builder, { elapsed, horizons, remaining }) => {
  const { type, state, baselines, times } = fitted as FittedCoxRegression;
  const { covariates, coefficients, means, strata } = state;
  const of = refuseFeatures(frame, covariates, builder, { takesMissing: false }).map(column);
  // Summed as in the model, so that large values cancel in the same way.
  const centred = of.map((each, j) => subtract(each, number(means[j])));
  const [score] = builder.compute(type, [{ name: 'score', value: linear(0, coefficients, centred) }]);
  refuseOverflow(score, builder);
  const names = strata.map(({ name }) => name);
  const isIn = baselines.map(({ stratum }) => isStratum(frame, names, stratum));
  if (names.length > 0) builder.reject(not(or(...isIn)), 'a stratum of the training rows');
  const ofStratum = (value: (baseline: BaselineHazard) => Expression): Expression => {
    const [first, ...others] = baselines.map(value);
    const cases = others.map((each, code) => caseOf(isIn[code + 1], each));
    return cases.length === 0 ? first : { op: 'choose', cases, otherwise: first };
  };
  const since = elapsed === undefined ? undefined : column(elapsed);
  const hazardsAt = (time: Expression) => ofStratum((baseline) => hazardAt(baseline, time));
  const [now, ...then] = builder.compute(type, [
    { name: 'baseline now', value: since ? hazardsAt(since) : number(0) },
    ...horizons.map((horizon, h) => ({
      name: named('baseline', h),
      value: hazardsAt(add(since ?? number(0), number(horizon))),
    })),
  ]);
  const risk: Expression = { op: 'exp', of: column(score) };
  // A hazard of 0 stays 0 even if the risk is infinite.
  const timesRisk = (hazard: Expression) =>
    choose({ op: 'equal', left: hazard, right: number(0) }, number(0), multiply(hazard, risk));
  const gone = since && timesRisk(column(now));
  const expected = (baseline: BaselineHazard) => {
    const until = times[times.length - 1];
    const steps = [{ start: 0, hazard: 0 }, ...stepsOf(baseline)];
    const parts = steps.map(({ start, hazard }, k) => ({
      length: lengthAhead(start, steps[k + 1]?.start ?? until, since),
      before: timesRisk(atLeast(subtract(number(hazard), column(now)), 0)),
    }));
    return expectedTime(parts);
  };
  const median = (baseline: BaselineHazard) => {
    const steps = stepsOf(baseline);
    if (steps.length === 0) return MISSING;
    const target = add(column(now), divide(number(HALF), risk));
    const edges = steps.map(({ hazard }) => hazard);
    const starts = steps.map(({ start }) => start);
    const last = steps.length - 1;
    const time: Expression = { op: 'step', of: target, edges: edges.slice(0, last), values: starts };
    return choose(less(number(edges[last]), target), MISSING, subtract(time, since ?? number(0)));
  };
  if (remaining.includes('expected') && !hasFewSteps(baselines)) {
    throwUnsupported(`the expected time of ${type}`, `its baseline has more than ${MAX_STEPS} steps`);
  }
  return builder.compute(type, [
    ...then.map((each, h) => {
      const rise = timesRisk(subtract(column(each), column(now)));
      return {
        name: named('probability', h),
        value: eventProbability(rise, gone),
      };
    }),
    ...remaining.map((each) => ({
      name: `${each} time`,
      value: unlessGone(ofStratum(each === 'median' ? median : expected), gone),
    })),
  ]);
};

/** The maximum number of steps in the sum of the expected time, each of which is a term. */
const MAX_STEPS = 200;

/** Whether the baselines have few enough steps for the expected time. */
export function hasFewSteps(baselines: readonly BaselineHazard[]): boolean {
  return baselines.reduce((sum, { times }) => sum + times.length, 0) <= MAX_STEPS;
}

/** The times at which the cumulative hazard increases, which rounding may prevent, and its values. */
function stepsOf({ times, cumulativeHazard }: BaselineHazard): { start: number; hazard: number }[] {
  return Array.from(times, (start, k) => ({ start, hazard: cumulativeHazard[k] })).filter(
    ({ hazard }, k) => hazard > (k > 0 ? cumulativeHazard[k - 1] : 0),
  );
}

/** The cumulative hazard at a time. Steps of a program exclude their edge, but the hazard includes its time. */
function hazardAt({ times, cumulativeHazard }: BaselineHazard, time: Expression): Expression {
  if (times.length === 0) return number(0);
  return {
    op: 'step',
    of: time,
    edges: Array.from(times, (each) => (each > 0 ? nextBelow(each) : -Number.MIN_VALUE)),
    values: [0, ...cumulativeHazard],
  };
}

function isStratum(frame: Frame, names: readonly string[], stratum: readonly (number | string)[]): Condition {
  return and(
    ...names.map((name, i): Condition => {
      const value = stratum[i];
      return typeof value === 'string'
        ? { op: 'oneOf', of: frame.value(name), levels: [value] }
        : { op: 'equal', left: frame.value(name), right: number(value) };
    }),
  );
}
