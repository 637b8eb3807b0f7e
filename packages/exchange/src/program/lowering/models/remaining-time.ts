import type { Expression } from '../../expression.js';
import {
  add,
  atLeast,
  caseOf,
  choose,
  divide,
  less,
  lessOrEqual,
  MISSING,
  multiply,
  negate,
  number,
  subtract,
} from '../expressions.js';

/** The rise of the cumulative hazard by which half of those who are there have their event. */
export const HALF = Math.LN2;

/** A stretch of time at a constant rate, as far as it lies ahead of a row. */
export interface Stretch {
  readonly length: Expression;
  /** By how much the cumulative hazard rises in it. */
  readonly rise: Expression;
  /** By how much it rises from now up to its start. */
  readonly before: Expression;
}

/** The area under survival from now on, as a share of survival now. Stretches without a rise have a constant survival. */
export function expectedTime(stretches: readonly (Omit<Stretch, 'rise'> & Partial<Stretch>)[]): Expression {
  return add(
    ...stretches.map(({ length, rise, before }) => {
      const atStart = multiply(length, { op: 'exp', of: negate(before) });
      if (!rise) return atStart;
      const mean = divide(negate({ op: 'expm1', of: negate(rise) }), rise);
      return multiply(atStart, choose(less(number(0), rise), mean, number(1)));
    }),
  );
}

/** From now on to where the cumulative hazard has risen by `HALF`; missing if it does not. */
export function medianTime(stretches: readonly Stretch[]): Expression {
  const time = add(
    ...stretches.map(({ length, rise, before }): Expression => {
      const left = subtract(number(HALF), before);
      return {
        op: 'choose',
        cases: [caseOf(lessOrEqual(left, number(0)), number(0)), caseOf(lessOrEqual(rise, left), length)],
        otherwise: multiply(length, divide(left, rise)),
      };
    }),
  );
  return choose(less(add(...stretches.map(({ rise }) => rise)), number(HALF)), MISSING, time);
}

/** How much of the time between two ends lies ahead of a row. @param since without it, all are at the start. */
export function lengthAhead(start: number, end: number, since: Expression | undefined): Expression {
  if (!since) return number(end - start);
  return atLeast(subtract(number(end), atLeast(since, start)), 0);
}

/** No time remains where nobody is there any more now, as survival has fallen below all numbers. */
export function unlessGone(time: Expression, now: Expression | undefined): Expression {
  if (!now) return time;
  return choose(lessOrEqual({ op: 'exp', of: negate(now) }, number(0)), number(0), time);
}
