import { availableParallelism } from 'node:os';
import {
  inlineExecutor,
  PipelineModule,
  paramGrid,
  Repeated,
  type SearchCandidate,
  type SearchOptions,
  type SearchPlan,
  StratifiedKFold,
  scorers,
  search,
} from '@churn/selection';
import { folderCache, threadExecutor } from '@churn/selection/node';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import type { PipelineContext } from '../model/churn-pipeline.js';
import { definitionOf } from '../model/models.js';
import { suitedProcessing } from '../model/suited-processing.js';
import type { Logger } from '../terminal/logger.js';
import { progressDisplay } from '../terminal/progress-display.js';
import { inLines } from './data.js';
import type { LabelledRows } from './split.js';

/** What the search found of a model of the configuration. */
export interface FoundModel {
  /** As the configuration calls it. */
  readonly name: string;
  readonly best: SearchCandidate<Candidate>;
  /** All candidates of the model. */
  readonly candidates: readonly SearchCandidate<Candidate>[];
  /** Out-of-fold probabilities of the best candidate, an array a class. */
  readonly probabilities: readonly Float64Array[];
}

export interface SearchResult {
  /** In the order of the configuration. */
  readonly models: readonly FoundModel[];
  /** The model with the best candidate of all. */
  readonly best: string;
  readonly plan: SearchPlan;
  readonly seconds: number;
}

type Progress = Pick<SearchOptions<Candidate>, 'onProgress' | 'onPlan'>;

/** Searches all models of a configuration at once, by cross-validation on the training rows, and shows how far it is. */
export async function searchModels(
  train: LabelledRows,
  config: Config,
  logger: Logger,
): Promise<SearchResult> {
  const started = performance.now();
  const display = progressDisplay(logger);
  try {
    const found = await searchCandidates(train, config, {
      onProgress: display.update,
      onPlan: (plan) => logger.debug(plan.explain()),
    });
    return { ...found, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    throw inLines(error, train);
  } finally {
    display.stop();
  }
}

async function searchCandidates(
  { x, y }: LabelledRows,
  config: Config,
  progress: Progress,
): Promise<Omit<SearchResult, 'seconds'>> {
  const params = Object.entries(config.models)
    .flatMap(([model, grid]) => paramGrid({ model: [model], ...grid, type: [grid.type] }) as Candidate[])
    .map((candidate) => withProcessing(candidate, config));
  const names = Object.keys(config.models);
  const { candidates, best, plan } = await search(
    params,
    {
      ...searchOptions(config, y.length),
      ...progress,
      pipeline: pipelineModule(config),
      // A threshold is chosen by what the best candidate of each model predicted for rows held out.
      keepPredictions: (all) => names.map((name) => bestOf(candidatesOf(name, all))),
    },
    x,
    y,
  );
  const models = names.map((name): FoundModel => {
    const own = candidatesOf(name, candidates);
    const chosen = bestOf(own);
    const probabilities = chosen.predictions as readonly Float64Array[];
    return { name, best: chosen, candidates: own, probabilities };
  });
  return { models, best: best.params.model, plan };
}

/** The candidate with what is done to missing values and categories for it, for reports to tell. */
function withProcessing(candidate: Candidate, { processing }: Config): Candidate {
  const { missing, encoding } = suitedProcessing(definitionOf(candidate.type).accepts, processing, candidate);
  return { ...candidate, missing, encoding: candidate.encoding ?? encoding.method };
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

/** Fewer rows than these are split into folds several times over, so that all fits together learn from about as many. */
const ENOUGH_ROWS = 2500;
const MOST_REPEATS = 6;

function repeatsOf(nRows: number): number {
  return Math.min(MOST_REPEATS, Math.ceil(ENOUGH_ROWS / nRows));
}

function searchOptions({ crossValidation, seed, workers = availableParallelism() }: Config, nRows: number) {
  const { folds, repeats = repeatsOf(nRows), scoring, cache } = crossValidation;
  const kFold = new StratifiedKFold({ nSplits: folds, shuffle: true, seed });
  const [first, ...others] = scoring.map((name) => scorers[name]);
  return {
    cv: repeats === 1 ? kFold : new Repeated(kFold, { nRepeats: repeats, seed }),
    scoring: [first, ...others] as const,
    refit: false,
    executor: workers > 1 ? threadExecutor(workers) : inlineExecutor,
    ...(cache && { cache: folderCache(cache) }),
  };
}

function pipelineModule({ processing, seed }: Config): PipelineModule<Candidate> {
  const context: PipelineContext = { processing, seed };
  return new PipelineModule(new URL('./churn-pipeline.js', import.meta.url), 'churnPipeline', context);
}
