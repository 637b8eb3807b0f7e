import { type Labels, log } from '@churn/core';
import type { BoostingLoss } from './boosting-loss.js';

/**
 * The log loss of classes: of two classes the score is the log-odds of the second, of more there is one a class, whose softmax are the
 * probabilities (Friedman, "Greedy function approximation", 2001).
 */
export function logLoss({ classes, codes }: Labels): BoostingLoss {
  return {
    targets: codes,
    baseScores: (targets, weights) => baseScores(classes.length, targets, weights),
  };
}

/** How many scores tell so many classes apart. */
export function nClassScores(nClasses: number): number {
  return nClasses === 2 ? 1 : nClasses;
}

/**
 * The log-odds of the second of two classes; of more the logarithms of their shares, of mean 0. A class without rows counts as one that
 * has half a row.
 */
function baseScores(nClasses: number, classes: Int32Array, weights: Float64Array): number[] {
  const totals = new Float64Array(nClasses);
  classes.forEach((code, row) => {
    totals[code] += weights[row];
  });
  const logs = Array.from(totals, (total) => log(Math.max(total, 0.5)));
  if (nClasses === 2) return [logs[1] - logs[0]];
  const mean = logs.reduce((sum, log) => sum + log, 0) / nClasses;
  return logs.map((log) => log - mean);
}
