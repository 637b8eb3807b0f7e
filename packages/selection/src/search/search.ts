import {
  type FitOptions,
  type LabelsLike,
  requireTargetPerRow,
  sampleWeights,
  type Target,
  type TargetLike,
} from '@churn/core';
import { type AnyModel, type FittedBy, forOrder, targetOf } from '../model.js';
import { improvement } from '../scorer.js';
import { orderIsEnough, type Scoring, scorersOf } from '../scoring.js';
import type { Splitter } from '../splitters/splitter.js';
import { splitterOf } from '../splitters/splitter-of.js';
import { type TableLike, tableOf } from '../table-like.js';
import { buildAll, builderOf } from './build-all.js';
import { bestMean, type Choice } from './choose.js';
import { type EvaluateOptions, evaluate } from './evaluate.js';
import { type Candidates, type Executor, inlineExecutor } from './executor.js';
import type { SearchData } from './pieces.js';
import { type BuildPipeline, type ModuleReference, PipelineModule } from './pipeline-module.js';
import { planSearch, type SearchPlan } from './plan.js';
import type { SearchProgress } from './progress.js';
import type { SearchCache } from './search-cache.js';
import { requireSearchOptions, searchParameters } from './search-parameters.js';
import {
  ResultTable,
  ranked,
  type ScoredCandidate,
  type SearchCandidate,
  type UnfinishedCandidate,
} from './search-result.js';

/** Which candidates of the finished table are to keep what they predicted. */
export type KeptCandidates<P> = (candidates: readonly SearchCandidate<P>[]) => readonly SearchCandidate<P>[];

export interface SearchOptions<P, M extends AnyModel = AnyModel, R extends boolean = boolean> {
  /** Makes the pipeline of a candidate: a function, or the module of one, which worker threads need. */
  readonly pipeline: BuildPipeline<P, M> | PipelineModule<P, M>;
  /** The splits, or a number of folds: stratified ones for classes, unshuffled. Default 5. */
  readonly cv?: Splitter | number;
  /** What decides, and further scorers to report, each a scorer or its name. Default `rocAuc`, for amounts `r2`. */
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
 * Scores candidates by cross-validation, with all transforms fitted on the training part of each fold, and fits the best one on
 * all rows. What is reported of a candidate is what `crossValScore` gives of it.
 *
 * Where all scorers need nothing but the order of two classes, models that can leave out their calibration do so until the
 * best one is fitted.
 *
 * @throws `invalid-parameter` where there are no candidates or one cannot be built, naming it, or an option is not what it must
 *   be; `invalid-target` and `invalid-data` for rows that do not fit together; what a fit throws, with candidate and fold; the
 *   reason of the signal.
 */
export async function search<P, M extends AnyModel, R extends boolean = true>(
  params: readonly P[],
  options: SearchOptions<P, M, R>,
  rows: TableLike,
  y: TargetLike,
  fit: SearchFitOptions = {},
): Promise<SearchResult<P, Refitted<M, R>>> {
  requireSearchOptions(searchParameters, options, fit);
  const { groups, ...fitOptions } = fit;
  const x = tableOf(rows);
  const { pipeline, choose = bestMean, refit = true, keepPredictions = false } = options;
  const module = pipeline instanceof PipelineModule ? pipeline : undefined;
  const models = buildAll(params, await builderOf(pipeline));
  const target = targetOf(models[0], y);
  requireTargetPerRow(x, target);
  sampleWeights(fitOptions, x.nRows);
  const scorers = scorersOf<Target>(options.scoring, target.kind);
  const isForOrder = keepPredictions !== true && orderIsEnough(scorers, target);
  const fitted = isForOrder ? models.map(forOrder) : models;
  const splits = splitterOf(options.cv, target).split(x, target, groups);
  const data: SearchData = { x, y: target, splits, ...fitOptions };
  const plan = planSearch(fitted, splits.length);
  options.onPlan?.(plan);
  const table = new ResultTable(data, scorers, params.length, keepPredictions !== false);
  const indices = params.map((_, index) => index);
  const scored = (index: number) => table.scored(index, params[index], plan.sameAs[index]);
  let best: SearchProgress['best'] = null;
  const tell = (fitted: number) => {
    for (const index of indices.filter((i) => plan.sameAs[i] === fitted)) {
      const candidate = scored(index);
      const score = candidate.scores[scorers[0].name].mean;
      if (!best || improvement(scorers[0], score, best.score) > 0) best = { index, score };
      options.onCandidate?.(candidate);
    }
  };
  const candidates: Candidates = {
    params,
    build: (i) => fitted[i],
    forOrder: isForOrder,
    ...(module && { module }),
  };
  await evaluate(data, candidates, plan, {
    executor: inlineExecutor,
    ...options,
    onPrediction(fold, prediction) {
      table.add(fold, prediction);
      if (table.isComplete(prediction.candidate)) tell(prediction.candidate);
    },
    onProgress: (progress) => options.onProgress?.({ ...progress, best }),
  });
  const isComplete = (index: number) => table.isComplete(plan.sameAs[index]);
  const complete = indices.filter(isComplete).map(scored);
  const unfinished = indices
    .filter((i) => !isComplete(i))
    .map((index) => ({ index, params: params[index], reason: 'ended' as const }));
  let results = ranked(complete, scorers[0]);
  if (keepPredictions !== false) {
    const kept = typeof keepPredictions === 'function' ? keepPredictions(results) : results;
    const chosen = kept.map(({ index }) => index);
    const orderOnly = chosen.filter((i) => fitted[i] !== models[i]);
    const again = await predictionsAgain(data, { params, models, chosen: orderOnly, module }, options);
    results = results.map((each) => {
      if (!chosen.includes(each.index)) return each;
      return { ...each, predictions: again.get(each.index) ?? table.predictions(plan.sameAs[each.index]) };
    });
  }
  const { index } = choose(results, scorers[0]);
  const model = refit ? models[index].fit(x, target as never, fitOptions) : undefined;
  const chosen = results.find((each) => each.index === index) as SearchCandidate<P>;
  return { best: chosen, candidates: results, unfinished, plan, model: model as Refitted<M, R> };
}

interface ChosenModels {
  readonly params: readonly unknown[];
  readonly models: readonly AnyModel[];
  readonly chosen: readonly number[];
  readonly module: ModuleReference | undefined;
}

/** What candidates that had predicted an order alone predict in full, by their index. */
async function predictionsAgain(
  data: SearchData,
  { params, models, chosen, module }: ChosenModels,
  {
    executor = inlineExecutor,
    cache,
    signal,
  }: Pick<EvaluateOptions, 'cache' | 'signal'> & { executor?: Executor },
): Promise<ReadonlyMap<number, readonly Float64Array[]>> {
  if (chosen.length === 0) return new Map();
  const full = chosen.map((index) => models[index]);
  const plan = planSearch(full, data.splits.length);
  const table = new ResultTable(data, [], chosen.length, true);
  const candidates: Candidates = {
    params: chosen.map((index) => params[index]),
    build: (i) => full[i],
    forOrder: false,
    ...(module && { module }),
  };
  await evaluate(data, candidates, plan, {
    executor,
    ...(cache && { cache }),
    ...(signal && { signal }),
    onPrediction: (fold, prediction) => table.add(fold, prediction),
  });
  return new Map(chosen.map((index, i) => [index, table.predictions(plan.sameAs[i])]));
}
