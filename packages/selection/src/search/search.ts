import {
  ChurnError,
  type Classifier,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  type LabelsLike,
  requireTargetPerRow,
  sampleWeights,
  type Table,
} from '@churn/core';
import { type Scorer, scorers } from '../scorer.js';
import type { Splitter } from '../splitters/splitter.js';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { bestMean, type Choice } from './choose.js';
import { evaluate } from './evaluate.js';
import { type Candidates, type Executor, inlineExecutor } from './executor.js';
import type { SearchData } from './pieces.js';
import { type BuildPipeline, PipelineModule } from './pipeline-module.js';
import { planSearch, type SearchPlan } from './plan.js';
import type { SearchProgress } from './progress.js';
import type { SearchCache } from './search-cache.js';
import { ResultTable, type SearchCandidate } from './search-result.js';

export interface SearchOptions<P> {
  /** Makes the pipeline of a candidate: a function, or the module of one, which worker threads need. */
  readonly pipeline: BuildPipeline<P> | PipelineModule<P>;
  /** The folds. Default five stratified ones, unshuffled. */
  readonly cv?: Splitter;
  /** What decides, and further scorers to report. Default `scorers.rocAuc`. */
  readonly scoring?: Scorer | readonly [Scorer, ...Scorer[]];
  /** Picks the best candidate from the table. Default the one of the best mean. */
  readonly choose?: Choice<P>;
  /** Whether the best candidate is fitted on all rows at the end. Default true. */
  readonly refit?: boolean;
  /** Whether each candidate keeps what it predicted for rows held out. Default false. */
  readonly keepPredictions?: boolean;
  /** Where the work is done. Default this thread. */
  readonly executor?: Executor;
  /** Remembers finished folds over runs. Candidates that hold functions are fitted each time. */
  readonly cache?: SearchCache;
  /** Stops the search. */
  readonly signal?: AbortSignal;
  /** Is told after each finished piece of work. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Is told the plan before the work begins. */
  readonly onPlan?: (plan: SearchPlan) => void;
}

/** Sample weights, for fits and scores, and the groups that some splitters keep together. */
export interface SearchFitOptions extends FitOptions {
  readonly groups?: LabelsLike;
}

export interface SearchResult<P> {
  readonly best: SearchCandidate<P>;
  /** All candidates, in the order in which they came. */
  readonly candidates: readonly SearchCandidate<P>[];
  readonly plan: SearchPlan;
  /** The best candidate fitted on all rows, unless `refit` is false. */
  readonly model?: FittedClassifier;
}

/**
 * Scores candidates by cross-validation, with all transforms fitted on the training part of each fold, and fits the best one on
 * all rows. What is reported of a candidate is what fitting it separately on each fold gives.
 *
 * @throws `invalid-parameter` where there are no candidates or one cannot be built, naming it; `invalid-target` and `invalid-data`
 *   for rows that do not fit together; what a fit throws, with candidate and fold; the reason of the signal.
 */
export async function search<P>(
  params: readonly P[],
  options: SearchOptions<P>,
  x: Table,
  y: LabelsLike,
  { groups, ...fitOptions }: SearchFitOptions = {},
): Promise<SearchResult<P>> {
  const { pipeline, cv = new StratifiedKFold(), scoring = scorers.rocAuc, choose = bestMean } = options;
  const { executor = inlineExecutor, refit = true, keepPredictions = false } = options;
  const labels = classLabels(y);
  requireTargetPerRow(x, labels);
  const { sampleWeight } = fitOptions;
  if (sampleWeight) sampleWeights(fitOptions, x.nRows);
  const build = pipeline instanceof PipelineModule ? await pipeline.load() : pipeline;
  const classifiers = buildAll(params, build);
  const data: SearchData = { x, y: labels, splits: cv.split(x, labels, groups), sampleWeight };
  const plan = planSearch(classifiers, data.splits.length);
  options.onPlan?.(plan);
  const all = Array.isArray(scoring) ? (scoring as readonly Scorer[]) : [scoring as Scorer];
  const table = new ResultTable(data, all, params.length, keepPredictions);
  const candidates: Candidates = {
    params,
    build: (candidate) => classifiers[candidate],
    ...(pipeline instanceof PipelineModule && { module: pipeline }),
  };
  await evaluate(data, candidates, plan, {
    ...options,
    executor,
    onPrediction: (fold, prediction) => table.add(fold, prediction),
  });
  const results = table.candidates(params, plan.sameAs);
  const best = choose(results, all[0]);
  return {
    best,
    candidates: results,
    plan,
    ...(refit && { model: classifiers[best.index].fit(x, labels, fitOptions) }),
  };
}

function buildAll<P>(params: readonly P[], build: BuildPipeline<P>): Classifier[] {
  if (params.length === 0)
    throw new ChurnError('invalid-parameter', 'expected candidates to search, got none');
  return params.map((each, index) => {
    try {
      return build(each);
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      throw new ChurnError(error.code, `candidate ${index} (${JSON.stringify(each)}): ${error.message}`, {
        cause: error,
      });
    }
  });
}
