export { type ConcordanceOptions, concordance } from './concordance.js';
export type { BaselineHazard, BaselineHazardState } from './cox/baseline-hazards.js';
export { CoxRegression, type CoxRegressionOptions } from './cox/cox-regression.js';
export type { ChiSquaredTest, CoxCoefficient, CoxSummary, CoxSummaryOptions } from './cox/cox-summary.js';
export { type CoxRegressionState, FittedCoxRegression } from './cox/fitted-cox-regression.js';
export type { Ties } from './cox/partial-likelihood.js';
export {
  type ProportionalHazardsResult,
  type ProportionalHazardsTestOptions,
  proportionalHazardsTest,
} from './cox/proportional-hazards-test.js';
export type { StratumValues } from './cox/strata.js';
