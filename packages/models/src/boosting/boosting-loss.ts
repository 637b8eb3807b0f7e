import type { KernelLoss } from './booster.js';

/** The target of each row, as wasm/booster.ts takes it: the place of its class, or its amount in a unit. */
export type BoostingTargets = Int32Array | Float64Array;

/** What the scores of rows leave of their targets. */
export interface Remainder {
  readonly gradients: readonly Float64Array[];
  readonly curvatures: readonly Float64Array[];
}

/**
 * What boosting lowers, for one target. Where scores start is told here; gradients, second derivatives and the loss of rows are what
 * wasm/booster.ts computes of `targets` and the scores, since they are wanted in each round.
 */
export interface BoostingLoss {
  readonly kernel: KernelLoss;
  readonly targets: BoostingTargets;
  /** What scores are to be multiplied by: they are learned in units that suit the targets. */
  readonly scoreUnit: number;
  /** What is added to scores, then. */
  readonly scoreOffset: number;
  /** The constant scores of the least loss, for rows with these targets and weights; each round grows a tree for each. */
  baseScores(targets: BoostingTargets, weights: Float64Array): number[];
  /** What statistics of categories are means of: of each statistic one number per row. */
  told(targets: BoostingTargets): Float64Array[];
  /** The loss that a short first fit lowers. */
  readonly first: BoostingLoss;
  /** What scores leave of targets, to be told by further columns: gradients of about the variance of the curvatures. */
  remainder(targets: BoostingTargets, scores: readonly Float64Array[]): Remainder;
}
