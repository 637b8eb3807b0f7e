export type { BalanceRow } from './checks/column-balance.js';
export { type ImbalancesOptions, imbalances } from './checks/imbalances.js';
export type { RankTest } from './checks/rank-test.js';
export {
  type RequireRandomTreatmentOptions,
  requireRandomTreatment,
} from './checks/require-random-treatment.js';
export {
  type TreatmentBalance,
  type TreatmentBalanceOptions,
  treatmentBalance,
} from './checks/treatment-balance.js';
export { type TreatmentOverlap, treatmentOverlap } from './checks/treatment-overlap.js';
export type { Estimate } from './confidence-level.js';
export type { UpliftCriterion } from './forest/uplift-criterion.js';
export { FittedUpliftForest, UpliftForest, type UpliftForestOptions } from './forest/uplift-forest.js';
export {
  ClassTransformation,
  type ClassTransformationOptions,
  FittedClassTransformation,
} from './learners/class-transformation.js';
export { DRLearner, type DRLearnerOptions, FittedDRLearner } from './learners/dr-learner.js';
export type { FittedLearner } from './learners/outcome-model.js';
export type { Propensity } from './learners/propensity.js';
export { FittedSLearner, SLearner, type SLearnerOptions } from './learners/s-learner.js';
export { FittedTLearner, TLearner, type TLearnerOptions } from './learners/t-learner.js';
export { FittedXLearner, XLearner, type XLearnerOptions } from './learners/x-learner.js';
export type { UpliftCurve } from './metrics/arm-sums.js';
export { type CurveBand, type CurveBandOptions, qiniBand, upliftBand } from './metrics/curve-band.js';
export { type PolicyValueOptions, type PredictedOutcomes, policyValue } from './metrics/policy-value.js';
export { qiniAuc } from './metrics/qini-auc.js';
export { qiniCurve } from './metrics/qini-curve.js';
export type { TreatedLike } from './metrics/ranked-outcomes.js';
export { type UpliftAtKOptions, upliftAtK } from './metrics/uplift-at-k.js';
export { upliftAuc } from './metrics/uplift-auc.js';
export {
  type ArmFigures,
  type UpliftBin,
  type UpliftByQuantileOptions,
  upliftByQuantile,
} from './metrics/uplift-by-quantile.js';
export { upliftCurve } from './metrics/uplift-curve.js';
export type { OutcomeLike } from './outcomes.js';
export { type TreatmentOptions, treatedRows } from './treatment.js';
export { FittedUplift, type UpliftModel } from './uplift-model.js';
