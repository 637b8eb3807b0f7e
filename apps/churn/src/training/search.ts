import type { FittedModel, Pipeline, Target } from '@churn/core';
import {
  bayesSearch,
  type ScoredCandidate,
  type ScorerName,
  type SearchOptions,
  scoreFolds,
  scorers,
  search,
  type UnfinishedCandidate,
} from '@churn/selection';
import { folderCache } from '@churn/selection/node';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { BASELINE, MAX_TUNED, TUNED_AT_RANDOM } from '../model/portfolio.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Task } from '../task/task.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { progressDisplay } from '../terminal/progress-display.js';
import { candidatesFor, withProcessing } from './candidates.js';
import type { LabelledRows } from './dataset.js';
import { endOfSearch, endText } from './end-of-search.js';
import { timeAfterSearch } from './fit-time.js';
import { fitting } from './fitting.js';
import type { Found, FoundModel, SearchResult } from './found.js';
import { inLines } from './in-lines.js';

/** What may end a search early. */
export interface SearchEnd {
  readonly limit?: TimeLimit | undefined;
  readonly interruption?: Interruption | undefined;
}

/**
 * Searches all models together, by cross-validation on the training rows, and shows progress. At the time limit, or when interrupted, it
 * ends with the complete candidates; at the time limit, there is at least one besides the baseline.
 */
export async function searchModels<T extends Target>(
  task: Task<T>,
  train: LabelledRows<T>,
  config: Config,
  { limit, interruption }: SearchEnd,
  logger: Logger,
): Promise<SearchResult> {
  const started = performance.now();
  const params = candidatesFor(task, train, config, logger);
  const end = limit && endOfSearch(limit, interruption, logger);
  const display = progressDisplay(logger, (i) => params[i]?.model ?? tunedName(task, i - params.length));
  const complete: ScoredCandidate<Candidate>[] = [];
  try {
    const nFits = params.length * config.crossValidation.folds;
    const options = await searchOptions(task, config, nFits * train.x.nRows * train.x.names.length, logger);
    const found = await searchCandidates(task, params, train, config, {
      ...options,
      ...(end && {
        until: end.signal,
        onCandidate(candidate: ScoredCandidate<Candidate>) {
          complete.push(candidate);
          end.reserve(timeAfterSearch(complete, task.loss, config));
          if (candidate.params.model !== BASELINE) end.found();
        },
      }),
      onProgress: display.update,
      onPlan: (plan) => logger.debug(plan.explain()),
    });
    const endedBy = end?.signal.aborted && found.unfinished > 0 ? end.reason() : null;
    if (endedBy)
      logger.info(
        `${endText(endedBy)}: ${found.unfinished} of ${found.nCandidates} candidates were not tried; the best of the others are used`,
      );
    const seconds = (performance.now() - started) / 1000;
    return { ...found, seconds, timeLimit: limit?.seconds ?? null, endedBy };
  } catch (error) {
    throw inLines(error, train);
  } finally {
    end?.release();
    display.stop();
  }
}

async function searchCandidates<T extends Target>(
  task: Task<T>,
  params: readonly Candidate[],
  { x, y }: LabelledRows<T>,
  config: Config,
  given: Options,
): Promise<Pick<SearchResult, 'models' | 'unfinished'> & { readonly nCandidates: number }> {
  const { candidates, pruned, nCandidates } = await (searchesOn(task, config)
    ? searchOn(task, params, { x, y }, config, given)
    : searchThese(params, { x, y }, config, given));
  const folds = task.splitter(config).split(x, y);
  const models = namesOf(candidates).map((name): FoundModel => {
    const own = candidatesOf(name, candidates);
    const best = bestOf(own);
    const predictions = best.predictions as readonly Float64Array[];
    const scores = best.scores[task.loss]
      ? best.scores
      : { ...best.scores, [task.loss]: scoreFolds<Target>(y, predictions, folds, task.loss) };
    return { name, best, candidates: own, scores, predictions };
  });
  return { models, unfinished: nCandidates - candidates.length - pruned, nCandidates };
}

/** The executor, the scorers and the progress callbacks of a search. */
type Options = Awaited<ReturnType<typeof searchOptions>> &
  Pick<SearchOptions<Candidate>, 'until' | 'onCandidate' | 'onProgress' | 'onPlan'>;
type Rows = Pick<LabelledRows<Target>, 'x' | 'y'>;

interface FoundCandidates {
  readonly candidates: readonly Found[];
  /** The number of pruned candidates. */
  readonly pruned: number;
  /** The planned number of candidates. */
  readonly nCandidates: number;
}

/** Tries a fixed list of candidates; unless the user has listed them, hopeless ones are pruned after a fold. */
async function searchThese(
  params: readonly Candidate[],
  { x, y }: Rows,
  config: Config,
  given: Options,
): Promise<FoundCandidates> {
  // Thresholds and the choice of models use out-of-fold predictions.
  const kept = (all: readonly Found[]) => namesOf(all).map((name) => bestOf(candidatesOf(name, all)));
  const keepPredictions = config.models === 'auto' ? true : kept;
  const prune = config.models === 'auto';
  const { candidates, unfinished } = await search(params, { ...given, keepPredictions, prune }, x, y);
  return { candidates, pruned: nPruned(unfinished), nCandidates: params.length };
}

/** Whether further candidates are chosen based on earlier results. */
function searchesOn({ portfolio }: Task, { models, preset }: Config): boolean {
  return models === 'auto' && preset === 'best' && portfolio.tuned !== undefined;
}

/** Tries candidates, then the most promising ones given earlier results; hopeless ones are pruned after a fold. */
async function searchOn(
  task: Task,
  first: readonly Candidate[],
  { x, y }: Rows,
  config: Config,
  given: Options,
): Promise<FoundCandidates> {
  const nCandidates = first.length + MAX_TUNED;
  const tried = { nStart: first.length + TUNED_AT_RANDOM, nCandidates, seed: config.seed, prune: true };
  const options = { ...given, ...tried, keepPredictions: true };
  // Narrows the type: candidates of the space have the portfolio's model type.
  const { candidates, unfinished } = await bayesSearch<Candidate, Pipeline<FittedModel>, false>(
    { ...options, space: task.portfolio.tuned as object as Candidate, first } as never,
    x,
    y,
  );
  return {
    candidates: (candidates as readonly Found[]).map((each) => {
      if (each.index < first.length) return each;
      const params = { ...each.params, model: tunedName(task, each.index - first.length) };
      return { ...each, params: withProcessing(params, config) };
    }),
    pruned: nPruned(unfinished),
    nCandidates,
  };
}

function nPruned(unfinished: readonly UnfinishedCandidate<unknown>[]): number {
  return unfinished.filter(({ reason }) => reason === 'pruned').length;
}

function tunedName({ portfolio: { tuned } }: Task, place: number): string {
  return `${tuned?.model}_${place + 1}`;
}

/** The configured scorers; with automatic selection, also the loss of the task. */
function scoringOf({ loss }: Task, { crossValidation: { scoring }, models }: Config): readonly ScorerName[] {
  return models === 'auto' ? [...new Set<ScorerName>([...scoring, loss])] : scoring;
}

function namesOf(candidates: readonly Found[]): string[] {
  return [...new Set(candidates.map(({ params }) => params.model))];
}

function candidatesOf(name: string, all: readonly Found[]): readonly Found[] {
  return all.filter(({ params }) => params.model === name);
}

function bestOf(candidates: readonly Found[]): Found {
  return candidates.reduce((chosen, each) => (each.rank < chosen.rank ? each : chosen));
}

async function searchOptions(task: Task, config: Config, nCells: number, logger: Logger) {
  const {
    workers,
    crossValidation: { cache },
  } = config;
  // A shared folder caches tasks itself.
  const isKept = typeof workers === 'object' && 'folder' in workers;
  return {
    cv: task.splitter(config),
    refit: false,
    ...(await fitting(config, nCells, logger)),
    ...(cache && !isKept && { cache: folderCache(cache) }),
    scoring: scoringOf(task, config).map((name) => scorers[name]) as [(typeof scorers)[ScorerName]],
  };
}
