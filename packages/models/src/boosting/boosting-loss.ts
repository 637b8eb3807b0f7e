/**
 * What boosting lowers, for one target. Where scores start is told here; gradients, second derivatives and the loss of rows are what
 * wasm/booster.ts computes of `targets` and the scores, since they are wanted in each round.
 */
export interface BoostingLoss {
  /** What each row is to be predicted as, as wasm/booster.ts takes it: the place of its class. */
  readonly targets: Int32Array;
  /** The constant scores of the least loss, for rows with these targets and weights; each round grows a tree for each. */
  baseScores(targets: Int32Array, weights: Float64Array): number[];
}
