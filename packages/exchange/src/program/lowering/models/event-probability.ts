import type { Expression } from '../../expression.js';
import { choose, lessOrEqual, negate, number } from '../expressions.js';

/**
 * The probability of an event while the cumulative hazard increases by `rise`; 1 if survival is already 0 in floating-point numbers.
 * @param now the current cumulative hazard; omitted at the start.
 */
export function eventProbability(rise: Expression, now?: Expression): Expression {
  const probability = negate({ op: 'expm1', of: negate(rise) });
  if (!now) return probability;
  return choose(lessOrEqual({ op: 'exp', of: negate(now) }, number(0)), number(1), probability);
}
