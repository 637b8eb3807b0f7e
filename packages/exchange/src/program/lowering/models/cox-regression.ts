import { nextBelow } from '@churn/core';
import type { BaselineHazard, FittedCoxRegression } from '@churn/survival';
import type { Condition, Expression } from '../../expression.js';
import {
  add,
  and,
  caseOf,
  choose,
  column,
  linear,
  multiply,
  not,
  number,
  or,
  subtract,
} from '../expressions.js';
import type { Frame } from '../frame.js';
import type { SurvivalLowering } from '../survival.js';
import { refuseOverflow } from './amounts.js';
import { eventProbability } from './event-probability.js';
import { named, refuseFeatures } from './probabilities.js';

/** The cumulative hazard is that of the baseline of the stratum, times the exponential of the score. */
export const coxRegression: SurvivalLowering = (fitted, frame, builder, { elapsed, horizons }) => {
  const { type, state, baselines } = fitted as FittedCoxRegression;
  const { covariates, coefficients, means, strata } = state;
  const of = refuseFeatures(frame, covariates, builder, { takesMissing: false }).map(column);
  // As the model adds up, so that large values cancel alike.
  const centred = of.map((each, j) => subtract(each, number(means[j])));
  const [score] = builder.compute(type, [{ name: 'score', value: linear(0, coefficients, centred) }]);
  refuseOverflow(score, builder);
  const names = strata.map(({ name }) => name);
  const isIn = baselines.map(({ stratum }) => isStratum(frame, names, stratum));
  if (names.length > 0) builder.refuse(not(or(...isIn)), 'a stratum of training');
  const ofStratum = (hazard: (baseline: BaselineHazard) => Expression): Expression => {
    const [first, ...others] = baselines.map(hazard);
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
  // Of no hazard, not even a risk beyond all numbers makes an event.
  const timesRisk = (hazard: Expression) =>
    choose({ op: 'equal', left: hazard, right: number(0) }, number(0), multiply(hazard, risk));
  return builder.compute(
    type,
    then.map((each, h) => {
      const rise = timesRisk(subtract(column(each), column(now)));
      return {
        name: named('probability', h),
        value: eventProbability(rise, since && timesRisk(column(now))),
      };
    }),
  );
};

/** A step of a program holds beyond its edge, and the hazard from its time on. */
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
