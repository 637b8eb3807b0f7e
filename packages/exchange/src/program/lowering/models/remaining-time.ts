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

/** The increase in the cumulative hazard that halves survival. */
export const HALF = Math.LN2;

/** The part of an interval with a constant rate that lies ahead of a row. */
export interface Stretch {
  readonly length: Expression;
  /** The increase in the cumulative hazard in it. */
  readonly rise: Expression;
  /** The increase from now to its start. */
  readonly before: Expression;
}

/** The area under the survival curve from now on, relative to survival now. Without `rise`, survival is constant in a stretch. */
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

/** The time until the cumulative hazard has increased by `HALF`; missing if it does not. */
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

/** The length of the part of an interval that lies ahead of a row. @param since the elapsed time; omitted at the start. */
export function lengthAhead(start: number, end: number, since: Expression | undefined): Expression {
  if (!since) return number(end - start);
  return atLeast(subtract(number(end), atLeast(since, start)), 0);
}

/** The time, or 0 if survival is already 0 in floating-point numbers. */
export function unlessGone(time: Expression, now: Expression | undefined): Expression {
  if (!now) return time;
  return choose(lessOrEqual({ op: 'exp', of: negate(now) }, number(0)), number(0), time);
}
