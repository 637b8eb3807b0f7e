export { CategoryCounts } from './category-counts.js';
export type { CategoryReference } from './category-reference.js';
export {
  type ClassifierTwoSampleTestOptions,
  classifierTwoSampleTest,
  type Separation,
} from './classifier-two-sample-test.js';
export { compareProfiles, type DriftOptions } from './compare-profiles.js';
export { jensenShannon } from './distances/jensen-shannon.js';
export { psi } from './distances/psi.js';
export { wasserstein } from './distances/wasserstein.js';
export type { ColumnDrift, DriftReason, DriftReport, DriftTest, ShareDrift } from './drift-report.js';
export { estimatePerformance } from './estimate-performance.js';
export type { PerformanceOptions } from './figure-intervals.js';
export { type ChiSquareTest, chiSquareTest } from './hypothesis-tests/chi-square-test.js';
export { type KsTest, ksTest } from './hypothesis-tests/ks-test.js';
export { NumericCounts } from './numeric-counts.js';
export type { BetweenFits, NumericReference } from './numeric-reference.js';
export { parseReferenceProfile } from './parse-reference-profile.js';
export type { PerformanceFigures } from './performance-figures.js';
export type {
  EstimatedPerformance,
  FigureEstimate,
  FigureInterval,
  FigureName,
  RealisedPerformance,
} from './performance-report.js';
export { PredictionCounts } from './prediction-counts.js';
export { type PredictionReference, predictionReference } from './prediction-reference.js';
export { type ColumnCounts, ProfileCounts, predictedNumbers } from './profile-counts.js';
export { type ProfileWindow, ProfileWindows, type WindowLength } from './profile-windows.js';
export { type RealisedOptions, realisedPerformance } from './realised-performance.js';
export {
  type ColumnReference,
  type ReferenceProfile,
  type ReferenceProfileOptions,
  referenceProfile,
} from './reference-profile.js';
export { type CellSums, ScoreCounts } from './score-counts.js';
export { type ScoreReference, type ScoreReferenceOptions, scoreReference } from './score-reference.js';
