import { log } from '@churn/core';

/** Probabilities are clipped to this distance from 0 and 1, since their logarithms would otherwise outweigh all other rows. */
const CERTAIN = 1e-6;

/** The log-odds of probabilities, finite even for 0 and 1. */
export function logOdds(probabilities: Float64Array): Float64Array {
  return probabilities.map((p) => {
    const inside = Math.min(Math.max(p, CERTAIN), 1 - CERTAIN);
    return log(inside / (1 - inside));
  });
}
