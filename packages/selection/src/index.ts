export type { ConformalPart, ConformalScore } from './conformal/conformal-part.js';
export {
  ConformalRegressor,
  type ConformalRegressorOptions,
} from './conformal/conformal-regressor.js';
export {
  FittedConformalRegressor,
  type PredictIntervalOptions,
  type PredictionInterval,
} from './conformal/fitted-conformal-regressor.js';
export type { CrossValOptions, CrossValScoreOptions } from './cross-val-options.js';
export { crossValPredict } from './cross-val-predict.js';
export { crossValScore } from './cross-val-score.js';
export type { GroupGap } from './groups/disparity.js';
export {
  type ErrorSlice,
  type ErrorSlices,
  type ErrorSlicesOptions,
  errorSlices,
  type SliceLoss,
} from './groups/error-slices.js';
export {
  demographicParity,
  type EqualisedOddsOptions,
  equalisedOdds,
  equalOpportunity,
  type GroupParityOptions,
} from './groups/group-parity.js';
export {
  FittedGroupThresholdClassifier,
  GroupThresholdClassifier,
  type GroupThresholdClassifierOptions,
} from './groups/group-threshold-classifier.js';
export {
  type Disparity,
  type Figure,
  type GroupFigure,
  type GroupMetrics,
  type MetricsByGroup,
  type MetricsByGroupOptions,
  metricsByGroup,
} from './groups/metrics-by-group.js';
export { type GroupsLike, type RowGroup, type RowGroupOptions, rowGroups } from './groups/row-groups.js';
export type { SliceCondition } from './groups/slice-condition.js';
export {
  type DecisionThresholds,
  decisionThresholds,
  type GroupThreshold,
  type GroupThresholdRule,
  PARITIES,
  type Parity,
  type ThresholdsByGroup,
  type ThresholdsByGroupOptions,
  thresholdsByGroup,
} from './groups/thresholds-by-group.js';
export { type LearningCurve, type LearningCurveOptions, learningCurve } from './learning-curve.js';
export { accuracy } from './metrics/accuracy.js';
export { averagePrecision } from './metrics/average-precision.js';
export { type BalancedAccuracyOptions, balancedAccuracy } from './metrics/balanced-accuracy.js';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapIntervals,
} from './metrics/bootstrap-interval.js';
export { type BrierScoreOptions, brierScore } from './metrics/brier-score.js';
export type { CalibrationBins, CalibrationOptions } from './metrics/calibration-bins.js';
export { calibrationCurve } from './metrics/calibration-curve.js';
export type { Average, ZeroDivision } from './metrics/class-figures.js';
export {
  type ClassificationReport,
  classificationReport,
  formatClassificationReport,
  type ReportFigures,
  type ReportFormat,
} from './metrics/classification-report.js';
export { type CohenKappaOptions, cohenKappa } from './metrics/cohen-kappa.js';
export {
  type ConfusionMatrix,
  type ConfusionMatrixOptions,
  confusionMatrix,
} from './metrics/confusion-matrix.js';
export { type CumulativeGains, cumulativeGains } from './metrics/cumulative-gains.js';
export { d2AbsoluteError } from './metrics/d2-absolute-error.js';
export { d2Pinball } from './metrics/d2-pinball.js';
export { d2Tweedie } from './metrics/d2-tweedie.js';
export { expectedCalibrationError } from './metrics/expected-calibration-error.js';
export { explainedVariance } from './metrics/explained-variance.js';
export { falsePositiveRate } from './metrics/false-positive-rate.js';
export { ksStatistic } from './metrics/ks-statistic.js';
export { type LiftCurve, liftCurve } from './metrics/lift-curve.js';
export { logLoss } from './metrics/log-loss.js';
export { matthewsCorrcoef } from './metrics/matthews-corrcoef.js';
export { maxError } from './metrics/max-error.js';
export { meanAbsoluteError } from './metrics/mean-absolute-error.js';
export { meanAbsolutePercentageError } from './metrics/mean-absolute-percentage-error.js';
export { meanGammaDeviance } from './metrics/mean-gamma-deviance.js';
export { meanPinballLoss, type PinballOptions } from './metrics/mean-pinball-loss.js';
export { meanPoissonDeviance } from './metrics/mean-poisson-deviance.js';
export { meanSquaredError } from './metrics/mean-squared-error.js';
export { meanSquaredLogError } from './metrics/mean-squared-log-error.js';
export { meanTweedieDeviance, type TweedieOptions } from './metrics/mean-tweedie-deviance.js';
export { medianAbsoluteError } from './metrics/median-absolute-error.js';
export type {
  DurationMetric,
  Metric,
  MetricOptions,
  RegressionMetric,
  Scores,
  SurvivalMetric,
} from './metrics/metric.js';
export type { OneVsRestOptions } from './metrics/one-vs-rest.js';
export { type PrecisionRecallCurve, precisionRecallCurve } from './metrics/precision-recall-curve.js';
export {
  type FBetaOptions,
  f1,
  fBeta,
  type PositiveOptions,
  type PrecisionRecallF1,
  precision,
  precisionRecallF1,
  recall,
} from './metrics/precision-recall-f1.js';
export { r2 } from './metrics/r2.js';
export type { RankingOptions } from './metrics/ranked-rows.js';
export { rocAuc } from './metrics/roc-auc.js';
export { type CurveOptions, type RocCurve, rocCurve } from './metrics/roc-curve.js';
export { rootMeanSquaredError } from './metrics/root-mean-squared-error.js';
export { rootMeanSquaredLogError } from './metrics/root-mean-squared-log-error.js';
export { type RateOptions, selectionRate } from './metrics/selection-rate.js';
export type { AnyModel, FittedBy } from './model.js';
export {
  type PermutationImportance,
  type PermutationImportanceOptions,
  permutationImportance,
} from './permutation-importance.js';
export {
  type PermutationTest,
  type PermutationTestOptions,
  permutationTestScore,
} from './permutation-test-score.js';
export {
  type AcquisitionEconomics,
  type AcquisitionOptions,
  acquisitionScorer,
  expectedMaximumProfitAcquisition,
} from './profit/acquisition-profit.js';
export {
  averageCost,
  type CostOptions,
  expectedCost,
  expectedSavings,
  savings,
} from './profit/cost-metrics.js';
export { type CustomerCosts, costThresholds } from './profit/customer-costs.js';
export type { BetaAcceptance, CampaignEconomics, PerCustomer } from './profit/economics.js';
export {
  expectedMaximumProfit,
  mostProfitableShare,
  type ProfitOptions,
} from './profit/expected-maximum-profit.js';
export {
  type CostMatrix,
  leastCostCodes,
  type MisclassificationCostOptions,
  misclassificationCost,
} from './profit/misclassification-cost.js';
export { campaignCosts, expectedNetValues } from './profit/net-value.js';
export { type CampaignLimits, type CampaignPlan, planCampaign } from './profit/plan-campaign.js';
export { type ProfitCurve, profitCurve } from './profit/profit-curve.js';
export { profitScorer } from './profit/profit-scorer.js';
export type { GammaContribution } from './profit/random-factor.js';
export { type SimulatedProfit, type SimulationOptions, simulateProfit } from './profit/simulate-profit.js';
export { scoreFolds } from './score-folds.js';
export {
  type AnyScorer,
  improvement,
  labelScorer,
  orderScorer,
  probabilityScorer,
  regressionScorer,
  riskScorer,
  type Scorer,
  type ScorerNeeds,
  type ScorerOptions,
} from './scorer.js';
export { type ScorerName, scorers } from './scorers.js';
export type { Scoring } from './scoring.js';
export { type BayesSearchOptions, bayesSearch } from './search/bayes-search.js';
export { bestMean, type Choice, chooseByLogLoss, oneStandardError } from './search/choose.js';
export { type Candidates, type Executor, type ExecutorSession, inlineExecutor } from './search/executor.js';
export type { FittedCandidate } from './search/fit-candidate.js';
export {
  type FitCandidatesOptions,
  type FittedOnAllRows,
  fitCandidates,
} from './search/fit-candidates.js';
export { geomspace } from './search/geomspace.js';
export { type GridSearchOptions, gridSearch } from './search/grid-search.js';
export {
  type HalvingRound,
  type HalvingSearchOptions,
  type HalvingSearchResult,
  halvingSearch,
} from './search/halving-search.js';
export { type ParamGrid, type ParamsOf, paramGrid } from './search/param-grid.js';
export { type Piece, PieceRunner, type Prediction, type SearchData } from './search/pieces.js';
export {
  type BuildPipeline,
  type ModuleReference,
  type OnWarning,
  PipelineModule,
} from './search/pipeline-module.js';
export { type PlanGroup, planSearch, type SearchPlan } from './search/plan.js';
export type { SearchProgress } from './search/progress.js';
export { type DrawParams, type RandomSearchOptions, randomSearch } from './search/random-search.js';
export {
  type KeptCandidates,
  type Refitted,
  type SearchFitOptions,
  type SearchOptions,
  type SearchResult,
  search,
} from './search/search.js';
export type { CachedPrediction, SearchCache } from './search/search-cache.js';
export type {
  FoldScores,
  ScoredCandidate,
  SearchCandidate,
  UnfinishedCandidate,
} from './search/search-result.js';
export {
  type Dimension,
  integer,
  logInteger,
  logUniform,
  oneOf,
  type ParamsIn,
  type SearchSpace,
  uniform,
} from './search/search-space.js';
export { type SelectEnsembleOptions, selectEnsemble } from './search/select-ensemble.js';
export { GroupKFold } from './splitters/group-k-fold.js';
export { KFold, type KFoldOptions } from './splitters/k-fold.js';
export { Repeated, type RepeatedOptions } from './splitters/repeated.js';
export type { ReseedableSplitter, Splitter } from './splitters/splitter.js';
export { StratifiedGroupKFold } from './splitters/stratified-group-k-fold.js';
export { StratifiedKFold, type StratifiedKFoldOptions } from './splitters/stratified-k-fold.js';
export {
  StratifiedShuffleSplit,
  type StratifiedShuffleSplitOptions,
} from './splitters/stratified-shuffle-split.js';
export { TimeSeriesSplit, type TimeSeriesSplitOptions } from './splitters/time-series-split.js';
export { type StratifiedSampleOptions, stratifiedSample } from './stratified-sample.js';
export { type SurvivalScorer, type SurvivalScorerOptions, survivalScorer } from './survival-scorer.js';
export type { TableLike } from './table-like.js';
export {
  FittedThresholdClassifier,
  ThresholdClassifier,
  type ThresholdClassifierOptions,
} from './threshold-classifier.js';
export { type TrainTestSplit, type TrainTestSplitOptions, trainTestSplit } from './train-test-split.js';
export {
  type DecisionCosts,
  type ThresholdRule,
  type TunedThreshold,
  tuneThreshold,
} from './tune-threshold.js';
export { type ValidationCurve, validationCurve } from './validation-curve.js';
