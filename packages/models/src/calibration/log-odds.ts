import { log } from '@churn/core';

/** Probabilities closer to 0 or 1 count as this close: their logarithms would outweigh all other rows. */
const CERTAIN = 1e-6;

/** The log-odds of probabilities, finite ones even of certainty. */
export function logOdds(probabilities: Float64Array): Float64Array {
  return probabilities.map((p) => {
    const inside = Math.min(Math.max(p, CERTAIN), 1 - CERTAIN);
    return log(inside / (1 - inside));
  });
}
