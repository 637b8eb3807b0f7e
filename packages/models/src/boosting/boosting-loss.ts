import type { KernelLoss } from './booster.js';

/** The target of each row in the format of wasm/booster.ts: the index of its class, or its value in a unit. */
export type BoostingTargets = Int32Array | Float64Array;

/** The residuals of the targets of rows given their scores. */
export interface Remainder {
  readonly gradients: readonly Float64Array[];
  readonly curvatures: readonly Float64Array[];
}

/**
 * The loss that boosting minimises, for one target. Initial scores are computed here; gradients, second derivatives and the loss of rows
 * are computed in each round by wasm/booster.ts from `targets` and the scores.
 */
export interface BoostingLoss {
  readonly kernel: KernelLoss;
  readonly targets: BoostingTargets;
  /** The factor of the scores, which are fitted in units of the targets' scale. */
  readonly scoreUnit: number;
  /** The offset added to the scaled scores. */
  readonly scoreOffset: number;
  /** The constant scores that minimise the loss of rows with these targets and weights; each round grows one tree per score. */
  baseScores(targets: BoostingTargets, weights: Float64Array): number[];
  /** The values whose means are the statistics of categories: one number per row for each statistic. */
  told(targets: BoostingTargets): Float64Array[];
  /** The loss of the short preliminary fit. */
  readonly first: BoostingLoss;
  /** The residuals of targets given scores, for further columns to explain: gradients whose variance is about that of the curvatures. */
  remainder(targets: BoostingTargets, scores: readonly Float64Array[]): Remainder;
}
