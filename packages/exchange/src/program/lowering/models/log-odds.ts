import type { Expression } from '../../expression.js';
import { clamp, divide, number, subtract } from '../expressions.js';

/** Probabilities are clipped this far from 0 and 1, as in `@churn/models`, since certainty has no finite log-odds. */
const CERTAIN = 1e-6;

/** The log-odds of a probability. */
export function logOdds(probability: Expression): Expression {
  const inside = clamp(probability, CERTAIN, 1 - CERTAIN);
  return { op: 'log', of: divide(inside, subtract(number(1), inside)) };
}
