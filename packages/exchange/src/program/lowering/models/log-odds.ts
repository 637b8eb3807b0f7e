import type { Expression } from '../../expression.js';
import { clamp, divide, number, subtract } from '../expressions.js';

/** Certainty has no log-odds: probabilities nearer to 0 or 1 are taken for this near, as in `@churn/models`. */
const CERTAIN = 1e-6;

/** The log-odds of a probability. */
export function logOdds(probability: Expression): Expression {
  const inside = clamp(probability, CERTAIN, 1 - CERTAIN);
  return { op: 'log', of: divide(inside, subtract(number(1), inside)) };
}
