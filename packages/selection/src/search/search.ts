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
  /** Makes the pipeline of a candidate: a function, or the module of one, which worker threads need. */
  readonly pipeline: BuildPipeline<P, M> | PipelineModule<P, M>;
  /** The splits, or a number of folds: stratified ones for classes, unshuffled. Default 5. */
  readonly cv?: Splitter | number;
  /**
   * What decides, and further scorers to report, each a scorer or its name. Default `rocAuc` for classes and
   * `r2` for regression.
   */
  readonly scoring?: Scoring | readonly [Scoring, ...Scoring[]];
  /** Picks the best candidate from the table. Default the one of the best mean. */
  readonly choose?: Choice<P>;
  /** Whether the best candidate is fitted on all rows at the end. Default true. */
  readonly refit?: R;
  /**
   * Whether candidates keep what they predicted for rows held out: all of them, none (default), or those that a function picks
   * from the finished table. All of them then learn their probabilities; of those picked, the ones that had left them out are
   * fitted once more.
   */
  readonly keepPredictions?: boolean | KeptCandidates<P>;
  /** Where the work is done. Default this thread. */
  readonly executor?: Executor;
  /** Remembers finished folds over runs. Candidates that hold functions are fitted each time. */
  readonly cache?: SearchCache;
  /** Stops the search, with an error. */
  readonly signal?: AbortSignal;
  /**
   * Ends the search with the candidates that are complete, of which there is at least one: what is under way is dropped, except
   * that this thread finishes a piece which it has begun. Candidates are then worked off in their order, those that are fitted
   * together at the place of the first of them.
   */
  readonly until?: AbortSignal;
  /**
   * Whether candidates are given up that are hopeless after the first fold, and the first few candidates, which tell how far scores
   * are apart by chance, after two: those that the best candidate is ahead of by more than three standard errors on the same folds,
   * by the first scorer. The outcome does not depend on how many workers there are. Default false.
   */
  readonly prune?: boolean;
  /** Is told after each finished piece of work. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Is told each candidate that is complete, as soon as it is. */
  readonly onCandidate?: (candidate: ScoredCandidate<P>) => void;
  /** Is told the plan before the work begins. */
  readonly onPlan?: (plan: SearchPlan) => void;
}

/** Sample weights, for fits and scores, and the groups that some splitters keep together. */
export interface SearchFitOptions extends FitOptions {
  readonly groups?: LabelsLike;
}

/** What a search found: `model` is of the kind that its builder makes, and `undefined` where `refit` is false. */
export interface SearchResult<P, F = unknown> {
  readonly best: SearchCandidate<P>;
  /** All candidates that are complete, in the order in which they came. */
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
 * What is reported of a candidate is what `crossValScore` gives of it.
 *
 * Where all scorers need nothing but the order of two classes, models that can leave out their calibration do so until the best one is
 * fitted.
 *
 * @throws `invalid-parameter` if there are no candidates or one cannot be built, naming it, or an option is not what it must be;
 * `invalid-target` and `invalid-data` for rows that do not fit together; what a fit throws, with candidate and fold; the reason of the
 * signal.
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
