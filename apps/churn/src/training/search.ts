import { availableParallelism } from 'node:os';
import type { Json } from '@churn/core';
import {
  type BuildPipeline,
  type FoldScores,
  inlineExecutor,
  PipelineModule,
  paramGrid,
  type ScorerName,
  type SearchCandidate,
  type SearchOptions,
  scoreFolds,
  scorers,
  search,
} from '@churn/selection';
import { folderCache, threadExecutor } from '@churn/selection/node';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { churnPipeline, type PipelineContext } from '../model/churn-pipeline.js';
import { definitionOf } from '../model/models.js';
import { portfolioFor } from '../model/portfolio.js';
import { suitedProcessing } from '../model/suited-processing.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { progressDisplay } from '../terminal/progress-display.js';
import { crossValidation } from './cross-validation.js';
import { inLines } from './data.js';
import type { LabelledRows } from './split.js';

/** What the search found of a model of the configuration, or of a setting of the portfolio. */
export interface FoundModel {
  readonly name: string;
  readonly best: SearchCandidate<Candidate>;
  /** All candidates of the model. */
  readonly candidates: readonly SearchCandidate<Candidate>[];
  /** Of the best candidate, by the name of the scorer; the log loss is always among them. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** Out-of-fold probabilities of the best candidate, an array a class. */
  readonly probabilities: readonly Float64Array[];
}

export interface SearchResult {
  /** In the order of the configuration. */
  readonly models: readonly FoundModel[];
  readonly seconds: number;
  /** How many seconds the training may take. */
  readonly timeLimit: number | null;
  /** What ended the search before all candidates were tried. */
  readonly endedBy: 'time' | 'interruption' | null;
  /** How many candidates were not tried for that. */
  readonly unfinished: number;
}

/** What may end a search before all candidates are tried. */
export interface SearchEnd {
  readonly limit?: TimeLimit | undefined;
  readonly interruption?: Interruption | undefined;
}

/**
 * Searches all models at once, by cross-validation on the training rows, and shows how far it is. Within a time limit, or when it is
 * interrupted, it ends with the candidates that are complete, of which there is at least one.
 */
export async function searchModels(
  train: LabelledRows,
  config: Config,
  { limit, interruption }: SearchEnd,
  logger: Logger,
): Promise<SearchResult> {
  const started = performance.now();
  const params = candidatesFor(train, config, logger);
  const end = limit && endOfSearch(limit, interruption, logger);
  const display = progressDisplay(logger, (i) => params[i].model);
  try {
    const found = await searchCandidates(params, train, config, {
      ...(end && { until: end.signal }),
      onProgress: display.update,
      onPlan: (plan) => logger.debug(plan.explain()),
    });
    const endedBy = found.unfinished > 0 ? (end?.reason() ?? null) : null;
    if (endedBy)
      logger.info(`${endText(endedBy)}: ${found.unfinished} of ${params.length} candidates are not tried`);
    const seconds = (performance.now() - started) / 1000;
    return { ...found, seconds, timeLimit: limit?.seconds ?? null, endedBy };
  } catch (error) {
    throw inLines(error, train);
  } finally {
    end?.release();
    display.stop();
  }
}

type EndedBy = NonNullable<SearchResult['endedBy']>;

function endText(endedBy: EndedBy): string {
  return endedBy === 'time' ? 'the time for the search is over' : 'interrupted';
}

/** Fires when the time for a search is over, or when it is interrupted. */
function endOfSearch(limit: TimeLimit, interruption: Interruption | undefined, logger: Logger) {
  const end = new AbortController();
  let reason: EndedBy = 'time';
  const timer = setTimeout(() => end.abort(), limit.searchMs());
  const restore = interruption?.instead(() => {
    reason = 'interruption';
    logger.info('interrupted: the search ends with what it has found; once more ends the training');
    end.abort();
  });
  return {
    signal: end.signal,
    reason: () => reason,
    release() {
      clearTimeout(timer);
      restore?.();
    },
  };
}

/** All candidates of the models of the configuration, or the settings of its preset that suit the data. */
function candidatesFor({ x, y }: LabelledRows, config: Config, logger: Logger): Candidate[] {
  const { models, preset, processing } = config;
  if (models !== 'auto') {
    const grids = Object.entries(models).map(([model, grid]) => ({
      model: [model],
      ...grid,
      type: [grid.type],
    }));
    return grids.flatMap((grid) =>
      (paramGrid(grid) as Candidate[]).map((each) => withProcessing(each, config)),
    );
  }
  const { settings, leftOut } = portfolioFor(preset, { x, classes: y.classes.length }, processing);
  for (const { name, reason } of leftOut) logger.info(`${name} is not tried: ${reason}`);
  return settings.map(({ name, model }) =>
    withProcessing(
      { degree: 1, ...(model as Readonly<Record<string, Json>>), model: name } as Candidate,
      config,
    ),
  );
}

async function searchCandidates(
  params: readonly Candidate[],
  { x, y }: LabelledRows,
  config: Config,
  progress: Pick<SearchOptions<Candidate>, 'until' | 'onProgress' | 'onPlan'>,
): Promise<Pick<SearchResult, 'models' | 'unfinished'>> {
  const isAuto = config.models === 'auto';
  const { candidates, unfinished } = await search(
    params,
    {
      ...searchOptions(config),
      ...progress,
      scoring: scoringOf(config).map((name) => scorers[name]) as [(typeof scorers)[ScorerName]],
      // Thresholds, and the choice between models, go by what candidates predicted for rows held out.
      keepPredictions: isAuto || ((all) => namesOf(all).map((name) => bestOf(candidatesOf(name, all)))),
    },
    x,
    y,
  );
  const folds = crossValidation(config).split(x, y);
  const models = namesOf(candidates).map((name): FoundModel => {
    const own = candidatesOf(name, candidates);
    const best = bestOf(own);
    const probabilities = best.predictions as readonly Float64Array[];
    const scores = best.scores.logLoss
      ? best.scores
      : { ...best.scores, logLoss: scoreFolds(y, probabilities, folds, 'logLoss') };
    return { name, best, candidates: own, scores, probabilities };
  });
  return { models, unfinished: unfinished.length };
}

/** The scorers of the configuration; where models are found, the log loss too. */
function scoringOf({ crossValidation: { scoring }, models }: Config): readonly ScorerName[] {
  return models === 'auto' ? [...new Set<ScorerName>([...scoring, 'logLoss'])] : scoring;
}

/** The candidate with what is done to missing values and categories for it, for reports to tell. */
function withProcessing(candidate: Candidate, { processing }: Config): Candidate {
  const { missing, encoding } = suitedProcessing(definitionOf(candidate.type).accepts, processing, candidate);
  return { ...candidate, missing, encoding: candidate.encoding ?? encoding.method };
}

function namesOf(candidates: readonly SearchCandidate<Candidate>[]): string[] {
  return [...new Set(candidates.map(({ params }) => params.model))];
}

function candidatesOf(
  name: string,
  all: readonly SearchCandidate<Candidate>[],
): readonly SearchCandidate<Candidate>[] {
  return all.filter(({ params }) => params.model === name);
}

function bestOf(candidates: readonly SearchCandidate<Candidate>[]): SearchCandidate<Candidate> {
  return candidates.reduce((chosen, each) => (each.rank < chosen.rank ? each : chosen));
}

function searchOptions(config: Config) {
  const { cache } = config.crossValidation;
  return {
    cv: crossValidation(config),
    refit: false,
    ...fitting(config),
    ...(cache && { cache: folderCache(cache) }),
  };
}

/**
 * What makes the pipeline of a candidate, and where it is fitted: within a time limit always in threads, which can be ended at any
 * moment.
 */
export function fitting({
  workers = availableParallelism(),
  models,
  time,
  processing,
  seed,
}: Pick<Config, 'workers' | 'models' | 'time' | 'processing' | 'seed'>) {
  const context: PipelineContext = { processing, seed };
  if (workers === 1 && models !== 'auto' && time === undefined) {
    const pipeline: BuildPipeline<Candidate, ReturnType<typeof churnPipeline>> = (params, onWarning) =>
      churnPipeline(params, context, onWarning);
    return { executor: inlineExecutor, pipeline };
  }
  const url = new URL('./churn-pipeline.js', import.meta.url);
  return {
    executor: threadExecutor(workers),
    pipeline: new PipelineModule<Candidate, ReturnType<typeof churnPipeline>>(url, 'churnPipeline', context),
  };
}
