import { requireTargetPerRow, sampleWeights, type Target, type TargetLike } from '@churn/core';
import { type AnyModel, forOrder, targetOf } from '../model.js';
import { improvement, type Scorer } from '../scorer.js';
import { orderIsEnough, scorersOf } from '../scoring.js';
import { splitterOf } from '../splitters/splitter-of.js';
import { askedTimes } from '../survival-scorer.js';
import { type TableLike, tableOf } from '../table-like.js';
import { buildAll, builderOf } from './build-all.js';
import { bestMean } from './choose.js';
import { Evaluation, type PlannedPiece } from './evaluate.js';
import { inlineExecutor } from './executor.js';
import { fullPredictions } from './full-predictions.js';
import type { Prediction, SearchData } from './pieces.js';
import { type BuildPipeline, type ModuleReference, PipelineModule } from './pipeline-module.js';
import { type PlanGroup, SearchPlanner } from './plan.js';
import type { SearchProgress } from './progress.js';
import { hopeless, type ScoresByFold, spreadOfDifferences } from './prune.js';
import type { Refitted, SearchFitOptions, SearchOptions, SearchResult } from './search.js';
import {
  ResultTable,
  ranked,
  type ScoredCandidate,
  type SearchCandidate,
  type UnfinishedCandidate,
} from './search-result.js';

/** How many groups go through their first folds together before the hopeless are given up; of any number of workers. */
const GROUPS_A_BLOCK = 8;

type NumberedGroup = PlanGroup & { readonly group: number };

/** A search under way: lists of candidates are scored one after another, and what was found is put together at the end. */
export class SearchRun<P, M extends AnyModel, R extends boolean> {
  readonly #params: P[] = [];
  readonly #models: AnyModel[] = [];
  /** Those that are fitted on folds: where the order of rows is enough, the `forOrder` of `#models`. */
  readonly #onFolds: AnyModel[] = [];
  readonly #planner: SearchPlanner;
  readonly #table: ResultTable;
  readonly #evaluation: Evaluation;
  readonly #pruned = new Set<number>();
  readonly #started = performance.now();
  #groups = 0;
  #open: PlannedPiece[] = [];
  #done = 0;
  #best: SearchProgress['best'] = null;

  private constructor(
    readonly data: SearchData,
    readonly scorers: readonly [Scorer, ...Scorer[]],
    readonly options: SearchOptions<P, M, R>,
    readonly build: BuildPipeline<P, M>,
    /** How many candidates there will be. */
    readonly nCandidates: number,
  ) {
    const { executor = inlineExecutor, cache, signal, until, keepPredictions = false } = options;
    this.#planner = new SearchPlanner(data.splits.length);
    this.#table = new ResultTable(data, scorers, keepPredictions !== false);
    const candidates = {
      params: this.#params,
      build: (i: number) => this.#onFolds[i],
      forOrder: this.isForOrder,
      ...(this.#module && { module: this.#module }),
    };
    const onDone = (piece: PlannedPiece, predictions: readonly Prediction[]) =>
      this.#take(piece, predictions);
    const isEnough = () => this.#best !== null;
    this.#evaluation = new Evaluation(data, candidates, { executor, cache, signal, until, isEnough, onDone });
  }

  /**
   * Gets ready to score candidates.
   * @param first one or more of them.
   * @param nCandidates how many there will be; without it no others.
   */
  static async open<P, M extends AnyModel, R extends boolean>(
    first: readonly P[],
    options: SearchOptions<P, M, R>,
    rows: TableLike,
    y: TargetLike,
    { groups, ...fit }: SearchFitOptions,
    nCandidates?: number,
  ): Promise<SearchRun<P, M, R>> {
    const x = tableOf(rows);
    const build = await builderOf(options.pipeline);
    const [model] = buildAll(first, build);
    const target = targetOf(model, y);
    requireTargetPerRow(x, target);
    sampleWeights(fit, x.nRows);
    const scorers = scorersOf<Target>(options.scoring, target);
    const splits = splitterOf(options.cv, target).split(x, target, groups);
    return new SearchRun(
      { x, y: target, splits, times: askedTimes(scorers), ...fit },
      scorers,
      options,
      build,
      nCandidates ?? first.length,
    );
  }

  /** Whether nothing is asked for but the order that candidates put rows in. */
  get isForOrder(): boolean {
    return this.options.keepPredictions !== true && orderIsEnough(this.scorers, this.data.y);
  }

  get #module(): ModuleReference | undefined {
    const { pipeline } = this.options;
    return pipeline instanceof PipelineModule ? pipeline : undefined;
  }

  /** The candidates that are complete so far. */
  get complete(): ScoredCandidate<P>[] {
    return this.#indices.filter((index) => this.#isComplete(index)).map((index) => this.#scored(index));
  }

  /** The places of those that were given up. */
  get pruned(): number[] {
    return this.#indices.filter((index) => this.#pruned.has(this.#fittedFor(index)));
  }

  /** Whether `until` has fired, and there is what to end with. */
  get isEnded(): boolean {
    return this.options.until?.aborted === true && this.#best !== null;
  }

  /** Scores further candidates. */
  async evaluate(params: readonly P[]): Promise<void> {
    const models = buildAll(params, this.build, this.#params.length);
    const onFolds = this.isForOrder ? models.map(forOrder) : models;
    this.#params.push(...params);
    this.#models.push(...models);
    this.#onFolds.push(...onFolds);
    const groups = this.#planner.add(onFolds).map((group) => ({ ...group, group: this.#groups++ }));
    const known = this.#indices.slice(-params.length).filter((index) => this.#isComplete(index));
    this.options.onPlan?.(this.#planner.plan());
    this.#open.push(...groups.flatMap((group) => this.#pieces(group, 0)));
    for (const index of known) this.#tell(index);
    const size = this.options.prune ? GROUPS_A_BLOCK : groups.length;
    for (let start = 0; start < groups.length && !this.isEnded; start += size) {
      const block = groups.slice(start, start + size);
      if (this.options.prune) await this.#evaluateBlock(block);
      else await this.#evaluation.run(block.flatMap((group) => this.#pieces(group, 0)));
    }
  }

  /** Gives back what the executor holds. */
  async close(): Promise<void> {
    await this.#evaluation.close();
  }

  /** Puts together what was found, and fits the best candidate if that is asked for. */
  async finish(): Promise<SearchResult<P, Refitted<M, R>>> {
    await this.close();
    const { choose = bestMean, refit = true, keepPredictions = false } = this.options;
    const { x, y, sampleWeight } = this.data;
    const [scorer] = this.scorers;
    const scored = ranked(this.complete, scorer);
    const kept = typeof keepPredictions === 'function' ? keepPredictions(scored) : keepPredictions && scored;
    const candidates = kept ? await this.#withPredictions(scored, kept) : scored;
    const { index } = choose(candidates, scorer);
    const best = candidates.find((each) => each.index === index) as SearchCandidate<P>;
    const model = refit
      ? this.#models[index].fit(x, y as never, sampleWeight && { sampleWeight })
      : undefined;
    return {
      best,
      candidates,
      unfinished: this.#unfinished(),
      plan: this.#planner.plan(),
      model: model as Refitted<M, R>,
    };
  }

  /** Runs the first folds of some groups, gives up the candidates that are hopeless, and runs the other folds of the rest. */
  async #evaluateBlock(block: readonly NumberedGroup[]): Promise<void> {
    const complete = this.#scoresOf(this.complete.map(({ index }) => index));
    const nFirst = spreadOfDifferences(complete) === undefined ? 2 : 1;
    await this.#evaluation.run(block.flatMap((group) => this.#pieces(group, 0, nFirst)));
    let left = block;
    if (this.options.until?.aborted) {
      if (this.isEnded) return;
      left = block.filter(({ candidates: [first] }) => this.#table.nFolds(first) >= nFirst).slice(0, 1);
    } else {
      const inQuestion = this.#scoresOf(block.flatMap(({ candidates }) => candidates));
      for (const candidate of hopeless(inQuestion, complete, this.scorers[0])) this.#pruned.add(candidate);
      left = block.map((group) => ({
        ...group,
        candidates: group.candidates.filter((i) => !this.#pruned.has(i)),
      }));
      const isLeft = ({ candidates }: PlannedPiece) => candidates.some((i) => !this.#pruned.has(i));
      this.#open = this.#open.filter(isLeft);
    }
    await this.#evaluation.run(left.flatMap((group) => this.#pieces(group, nFirst)));
  }

  #pieces({ prefix, candidates, group }: NumberedGroup, from: number, to?: number): PlannedPiece[] {
    if (candidates.length === 0) return [];
    return this.data.splits
      .map((_, fold): PlannedPiece => ({ fold, prefix, candidates, group }))
      .slice(from, to);
  }

  #take(piece: PlannedPiece, predictions: readonly Prediction[]): void {
    for (const prediction of predictions) {
      this.#table.add(piece.fold, prediction);
      if (this.#table.isComplete(prediction.candidate)) {
        for (const index of this.#indices) {
          if (this.#fittedFor(index) === prediction.candidate) this.#tell(index);
        }
      }
    }
    this.#done++;
    this.#open = this.#open.filter(({ group, fold }) => group !== piece.group || fold !== piece.fold);
    this.options.onProgress?.(this.#progress());
  }

  #progress(): SearchProgress {
    const { nFolds } = this.#planner;
    const nOthers = nFolds * (this.nCandidates - this.#params.length);
    const fitted = this.#indices.map((index) => this.#fittedFor(index));
    const givenUp = fitted.filter((index) => this.#pruned.has(index));
    const foldsOf = (indices: readonly number[]) =>
      indices.reduce((sum, index) => sum + this.#table.nFolds(index), 0);
    return {
      done: this.#done,
      total: this.#done + this.#open.length + nOthers,
      fits: foldsOf(fitted),
      totalFits: nFolds * (this.nCandidates - givenUp.length) + foldsOf(givenUp),
      elapsedMs: performance.now() - this.#started,
      remainingMs: this.#evaluation.estimate.remainingMs(
        this.#open.map(({ group }) => group),
        nOthers,
      ),
      best: this.#best,
    };
  }

  #tell(index: number): void {
    const candidate = this.#scored(index);
    const [scorer] = this.scorers;
    const score = candidate.scores[scorer.name].mean;
    if (!this.#best || improvement(scorer, score, this.#best.score) > 0) this.#best = { index, score };
    this.options.onCandidate?.(candidate);
  }

  get #indices(): number[] {
    return this.#params.map((_, index) => index);
  }

  /** The candidate that is fitted instead of one: itself, unless it is a duplicate. */
  #fittedFor(index: number): number {
    return this.#planner.sameAs[index];
  }

  #isComplete(index: number): boolean {
    return this.#table.isComplete(this.#fittedFor(index));
  }

  #scored(index: number): ScoredCandidate<P> {
    return this.#table.scored(index, this.#params[index], this.#fittedFor(index));
  }

  /** The scores of candidates by the first scorer, without duplicates. */
  #scoresOf(candidates: readonly number[]): ScoresByFold {
    const fitted = candidates.filter((index) => this.#fittedFor(index) === index);
    return new Map(fitted.map((index) => [index, this.#table.foldsOf(index)]));
  }

  #unfinished(): UnfinishedCandidate<P>[] {
    return this.#indices
      .filter((index) => !this.#isComplete(index))
      .map((index) => ({
        index,
        params: this.#params[index],
        reason: this.#pruned.has(this.#fittedFor(index)) ? 'pruned' : 'ended',
      }));
  }

  /** The candidates, those to be kept with what they predicted; what predicted an order alone is fitted once more. */
  async #withPredictions(
    candidates: readonly SearchCandidate<P>[],
    kept: readonly SearchCandidate<P>[],
  ): Promise<SearchCandidate<P>[]> {
    const { executor = inlineExecutor, cache, signal } = this.options;
    const chosen = new Set(kept.map(({ index }) => index));
    const orderOnly = this.#indices
      .filter((index) => chosen.has(index) && this.#onFolds[index] !== this.#models[index])
      .map((index) => ({ index, params: this.#params[index], model: this.#models[index] }));
    const again = await fullPredictions(this.data, orderOnly, this.#module, { executor, cache, signal });
    return candidates.map((each) => {
      if (!chosen.has(each.index)) return each;
      const { index } = each;
      return { ...each, predictions: again.get(index) ?? this.#table.predictions(this.#fittedFor(index)) };
    });
  }
}
