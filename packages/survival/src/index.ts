export { type BrierScoreOptions, brierScore, integratedBrierScore } from './brier-score.js';
export {
  type CalibrationAtHorizonOptions,
  calibrationAtHorizon,
  type HorizonBin,
} from './calibration-at-horizon.js';
export { type ConcordanceOptions, concordance } from './concordance.js';
export type { BaselineHazard, BaselineHazardState } from './cox/baseline-hazards.js';
export { CoxRegression, type CoxRegressionOptions } from './cox/cox-regression.js';
export type { ChiSquareTest, CoxCoefficient, CoxSummary, CoxSummaryOptions } from './cox/cox-summary.js';
export { type CoxRegressionState, FittedCoxRegression } from './cox/fitted-cox-regression.js';
export type { Ties } from './cox/partial-likelihood.js';
export {
  type ProportionalHazardsResult,
  type ProportionalHazardsTestOptions,
  proportionalHazardsTest,
} from './cox/proportional-hazards-test.js';
export type { StratumValues } from './cox/strata.js';
export {
  type CumulativeDynamicAuc,
  type CumulativeDynamicAucOptions,
  cumulativeDynamicAuc,
} from './cumulative-dynamic-auc.js';
export type { ByGroup, CurveOptions, GroupCurve } from './curve-options.js';
export {
  DiscreteTimeHazards,
  type DiscreteTimeHazardsOptions,
  FittedDiscreteTimeHazards,
} from './discrete-time/discrete-time-hazards.js';
export type { EventTable } from './event-table.js';
export {
  expectedRemainingTime,
  type FromNowOptions,
  medianRemainingTime,
  probabilityWithin,
  type RemainingTimeOptions,
  type SurvivalPredictor,
} from './from-now.js';
export { kaplanMeier, type SurvivalCurve, survivalAt } from './kaplan-meier.js';
export { type GroupEvents, type LogRankOptions, type LogRankResult, logRankTest } from './log-rank-test.js';
export { type MedianSurvivalOptions, medianSurvival, type SurvivalTime } from './median-survival.js';
export { type HazardCurve, nelsonAalen } from './nelson-aalen.js';
export { type RestrictedMean, restrictedMeanSurvival } from './restricted-mean-survival.js';
