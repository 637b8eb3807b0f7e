import { type Labels, log } from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import type { BoostingLoss, BoostingTargets } from './boosting-loss.js';

/**
 * The log loss of classes. For two classes, the score is the log-odds of the second; for more, there is one score per class, whose softmax
 * are the probabilities (Friedman, "Greedy function approximation", 2001).
 */
export function logLoss({ classes, codes }: Labels): BoostingLoss {
  const nScores = nClassScores(classes.length);
  const told = (targets: BoostingTargets) =>
    Array.from({ length: nScores }, (_, k) =>
      Float64Array.from(targets, (code) => Number(code === (nScores === 1 ? 1 : k))),
    );
  const loss = {
    kernel: { name: 'logLoss' },
    targets: codes,
    scoreUnit: 1,
    scoreOffset: 0,
    baseScores: (targets, weights) => baseScores(classes.length, targets, weights),
    told,
    get first() {
      return loss;
    },
    remainder(targets, scores) {
      const probabilities = classProbabilities(scores.map((score) => score));
      const ofTold = nScores === 1 ? [probabilities[1]] : probabilities;
      return {
        gradients: told(targets).map((isTarget, k) => isTarget.map((each, i) => each - ofTold[k][i])),
        curvatures: ofTold.map((p) => p.map((each) => each * (1 - each))),
      };
    },
  } satisfies BoostingLoss as BoostingLoss;
  return loss;
}

/** The number of scores for a number of classes. */
export function nClassScores(nClasses: number): number {
  return nClasses === 2 ? 1 : nClasses;
}

/**
 * For two classes, the log-odds of the second; for more, the logarithms of their shares, centred at 0. A class without rows counts as half
 * a row.
 */
function baseScores(nClasses: number, classes: BoostingTargets, weights: Float64Array): number[] {
  const totals = new Float64Array(nClasses);
  classes.forEach((code, row) => {
    totals[code] += weights[row];
  });
  const logs = Array.from(totals, (total) => log(Math.max(total, 0.5)));
  if (nClasses === 2) return [logs[1] - logs[0]];
  const mean = logs.reduce((sum, log) => sum + log, 0) / nClasses;
  return logs.map((log) => log - mean);
}
