import type { FitOptions, LabelsLike, TargetLike } from '@churn/core';
import type { AnyModel, FittedBy } from '../model.js';
import type { Scoring } from '../scoring.js';
import type { Splitter } from '../splitters/splitter.js';
import type { TableLike } from '../table-like.js';
import type { Choice } from './choose.js';
import type { Executor } from './executor.js';
import type { BuildPipeline, PipelineModule } from './pipeline-module.js';
import type { SearchPlan } from './plan.js';
import type { SearchProgress } from './progress.js';
import type { SearchCache } from './search-cache.js';
import { requireSearchOptions, searchParameters } from './search-parameters.js';
import type { ScoredCandidate, SearchCandidate, UnfinishedCandidate } from './search-result.js';
import { SearchRun } from './search-run.js';

/** Which candidates of the finished table are to keep what they predicted. */
export type KeptCandidates<P> = (candidates: readonly SearchCandidate<P>[]) => readonly SearchCandidate<P>[];

export interface SearchOptions<P, M extends AnyModel = AnyModel, R extends boolean = boolean> {
  /** Builds the pipeline of a candidate: a function, or a `PipelineModule`, which worker threads need. */
  readonly pipeline: BuildPipeline<P, M> | PipelineModule<P, M>;
  /** The splitter, or the number of folds: unshuffled, and stratified for classes. Default 5. */
  readonly cv?: Splitter | number;
  /**
   * The scorer that decides, and further ones to report, each a scorer or its name. Default `rocAuc` for classes and `r2` for regression.
   */
  readonly scoring?: Scoring | readonly [Scoring, ...Scoring[]];
  /** Chooses the best candidate from the table. Default the one with the best mean. */
  readonly choose?: Choice<P>;
  /** Whether the best candidate is refitted on all rows. Default true. */
  readonly refit?: R;
  /**
   * Whether candidates keep their out-of-fold predictions: all of them, none (default), or those that a function picks from the finished
   * table. With all, every candidate fits its probabilities; of those picked, the ones that had skipped calibration are fitted again.
   */
  readonly keepPredictions?: boolean | KeptCandidates<P>;
  /** Where the work is run. Default this thread. */
  readonly executor?: Executor;
  /** A cache of finished folds across runs. Candidates with function parameters are always fitted. */
  readonly cache?: SearchCache;
  /** Stops the search, with an error. */
  readonly signal?: AbortSignal;
  /**
   * Ends the search early with the complete candidates, at least one: running work is dropped, except that this thread finishes its
   * current piece. Candidates are then processed in order, and those fitted together at the position of the first.
   */
  readonly until?: AbortSignal;
  /**
   * Whether to prune hopeless candidates after the first fold (the first few candidates, which determine the noise of scores, after two):
   * those that are behind the best by more than three standard errors on the same folds, by the first scorer. The result does not depend
   * on the number of workers. Default false.
   */
  readonly prune?: boolean;
  /** Called after each finished piece of work. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Called with each candidate as soon as it is complete. */
  readonly onCandidate?: (candidate: ScoredCandidate<P>) => void;
  /** Called with the plan before the work begins. */
  readonly onPlan?: (plan: SearchPlan) => void;
}

/** Sample weights, for fits and scores, and the groups that some splitters keep together. */
export interface SearchFitOptions extends FitOptions {
  readonly groups?: LabelsLike;
}

/** The result of a search: `model` has the type that the builder makes, and is `undefined` if `refit` is false. */
export interface SearchResult<P, F = unknown> {
  readonly best: SearchCandidate<P>;
  /** All complete candidates, in order. */
  readonly candidates: readonly SearchCandidate<P>[];
  /** The others, in the same order. */
  readonly unfinished: readonly UnfinishedCandidate<P>[];
  readonly plan: SearchPlan;
  /** The best candidate fitted on all rows. */
  readonly model: F;
}

/** The model of a search over what builds an `M`, by whether it is fitted at the end. */
export type Refitted<M extends AnyModel, R extends boolean> = R extends true ? FittedBy<M> : undefined;

/**
 * Scores candidates by cross-validation, with all transforms fitted on the training part of each fold, and fits the best one on all rows.
 * The scores of a candidate are those of `crossValScore`.
 *
 * If all scorers need only the ranking of two classes, models skip their calibration where possible, until the best one is fitted.
 *
 * @throws `invalid-parameter` if there are no candidates or one cannot be built, naming it, or an option is invalid; `invalid-target` and
 * `invalid-data` for rows that do not fit together; the errors of fits, with candidate and fold; the reason of the signal.
 */
export async function search<P, M extends AnyModel, R extends boolean = true>(
  params: readonly P[],
  options: SearchOptions<P, M, R>,
  rows: TableLike,
  y: TargetLike,
  fit: SearchFitOptions = {},
): Promise<SearchResult<P, Refitted<M, R>>> {
  requireSearchOptions(searchParameters, options, fit);
  const run = await SearchRun.open(params, options, rows, y, fit);
  try {
    await run.evaluate(params);
    return await run.finish();
  } finally {
    await run.close();
  }
}
