import type { FittedDiscreteTimeHazards } from '@churn/survival';
import type { Expression } from '../../expression.js';
import {
  add,
  choose,
  clamp,
  column,
  divide,
  less,
  multiply,
  negate,
  number,
  subtract,
} from '../expressions.js';
import { Frame } from '../frame.js';
import type { SurvivalLowering } from '../survival.js';
import { eventProbability } from './event-probability.js';
import { named } from './probabilities.js';
import { expectedTime, lengthAhead, medianTime, unlessGone } from './remaining-time.js';

/** Stands for the infinite rate of an interval that no row survives. */
const CERTAIN = 1e300;

/** The cumulative hazard increases by `-log(1 - hazard)` in each interval, at a constant rate. */
export const discreteTimeHazards: SurvivalLowering = (fitted, frame, builder, times, lowerClassifier) => {
  const { type, times: ends, timeColumn, classifier } = fitted as FittedDiscreteTimeHazards;
  const rises = Array.from(ends, (end, k) => {
    const [time] = builder.compute(type, [{ name: timeColumn, value: number(end) }]);
    const inner = new Frame([...frame.columns, { name: timeColumn, kind: 'numeric', id: time }]);
    const hazard = column(lowerClassifier(classifier, inner));
    const rise = negate({ op: 'log1p', of: negate(hazard) });
    const value = choose(less(hazard, number(1)), rise, number(CERTAIN));
    return builder.compute(type, [{ name: named('rise', k), value }])[0];
  });
  const since = times.elapsed === undefined ? undefined : column(times.elapsed);
  const shareUpTo = (time: Expression, k: number): Expression => {
    const start = k > 0 ? ends[k - 1] : 0;
    return clamp(divide(subtract(time, number(start)), number(ends[k] - start)), 0, 1);
  };
  const sum = (share: (k: number) => Expression) =>
    add(...rises.map((rise, k) => multiply(column(rise), share(k))));
  const now = since && sum((k) => shareUpTo(since, k));
  const ahead = (k: number) => (since ? subtract(number(1), shareUpTo(since, k)) : number(1));
  const remaining =
    times.remaining.length === 0
      ? []
      : builder.compute(
          type,
          rises.map((rise, k) => ({ name: named('rise ahead', k), value: multiply(column(rise), ahead(k)) })),
        );
  const stretches = remaining.map((rise, k) => ({
    length: lengthAhead(k > 0 ? ends[k - 1] : 0, ends[k], since),
    rise: column(rise),
    before: add(number(0), ...remaining.slice(0, k).map(column)),
  }));
  return builder.compute(type, [
    ...times.horizons.map((horizon, h) => {
      const then = add(since ?? number(0), number(horizon));
      const rise = sum((k) =>
        since ? subtract(shareUpTo(then, k), shareUpTo(since, k)) : shareUpTo(then, k),
      );
      return { name: named('probability', h), value: eventProbability(rise, now) };
    }),
    ...times.remaining.map((each) => ({
      name: `${each} time`,
      value: unlessGone((each === 'median' ? medianTime : expectedTime)(stretches), now),
    })),
  ]);
};
