import type { Expression } from '../../expression.js';
import { choose, lessOrEqual, negate, number } from '../expressions.js';

/**
 * The probability of an event while the cumulative hazard rises by `rise`; 1 where nobody is there any more now, as survival has fallen below all numbers.
 * @param now the cumulative hazard now; without it, all are at the start.
 */
export function eventProbability(rise: Expression, now?: Expression): Expression {
  const probability = negate({ op: 'expm1', of: negate(rise) });
  if (!now) return probability;
  return choose(lessOrEqual({ op: 'exp', of: negate(now) }, number(0)), number(1), probability);
}
