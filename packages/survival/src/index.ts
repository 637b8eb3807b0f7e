export { type ConcordanceOptions, concordance } from './concordance.js';
export type { ByGroup, CurveOptions, GroupCurve } from './curve-options.js';
export type { EventTable } from './event-table.js';
export { kaplanMeier, type SurvivalCurve, survivalAt } from './kaplan-meier.js';
export { type GroupEvents, type LogRankOptions, type LogRankResult, logRankTest } from './log-rank-test.js';
export { type MedianSurvivalOptions, medianSurvival, type SurvivalTime } from './median-survival.js';
export { type HazardCurve, nelsonAalen } from './nelson-aalen.js';
export { type RestrictedMean, restrictedMeanSurvival } from './restricted-mean-survival.js';
