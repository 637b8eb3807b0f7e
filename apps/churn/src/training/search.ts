import { availableParallelism } from 'node:os';
import { ChurnError, type Labels, type Table } from '@churn/core';
import {
  inlineExecutor,
  PipelineModule,
  paramGrid,
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

/** What the search found of a model of the configuration. */
export interface FoundModel {
  readonly best: SearchCandidate<Candidate>;
  /** All candidates of the model. */
  readonly candidates: readonly SearchCandidate<Candidate>[];
  /** Out-of-fold probabilities of the best candidate, an array a class. */
  readonly probabilities: readonly Float64Array[];
}

export interface ModelSearchResult {
  /** By the names of the configuration, in its order. */
  readonly models: ReadonlyMap<string, FoundModel>;
  /** The model with the best candidate of all. */
  readonly best: string;
  readonly plan: SearchPlan;
}

type Progress = Pick<SearchOptions<Candidate>, 'onProgress' | 'onPlan'>;

/** Whether probabilities cost more fits, which the search leaves out. */
const isCalibrated = ({ type }: Candidate) => type === 'SVC';

/** Searches all models of a configuration at once, by cross-validation on the rows given. */
export async function searchModels(
  config: Config,
  x: Table,
  y: Labels,
  progress: Progress = {},
): Promise<ModelSearchResult> {
  const options = searchOptions(config);
  const params = Object.entries(config.models).flatMap(
    ([model, grid]) => paramGrid({ model: [model], ...grid, type: [grid.type] }) as Candidate[],
  );
  const { candidates, best, plan } = await search(
    params,
    { ...options, ...progress, pipeline: pipelineModule(config, 'churnPipeline') },
    x,
    y,
  );
  const chosen = Object.keys(config.models).map((model) => {
    const own = candidates.filter(({ params }) => params.model === model);
    return { model, own, best: own.reduce((chosen, each) => (each.rank < chosen.rank ? each : chosen)) };
  });
  const calibrated = chosen.filter(({ best }) => isCalibrated(best.params));
  const again =
    calibrated.length > 0
      ? await search(
          calibrated.map(({ best }) => best.params),
          { ...options, pipeline: pipelineModule(config, 'churnPipelineWithProbabilities') },
          x,
          y,
        )
      : undefined;
  const models = chosen.map((each) => {
    const second = again?.candidates[calibrated.indexOf(each)];
    const probabilities = (second ?? each.best).probabilities as readonly Float64Array[];
    return [each.model, { best: each.best, candidates: each.own, probabilities }] as const;
  });
  return { models: new Map(models), best: best.params.model, plan };
}

/** @throws `invalid-target` where a class has fewer rows than there are folds. */
export function assertInEachFold(y: Labels, folds: number): void {
  const counts = y.counts();
  const code = counts.findIndex((count) => count < folds);
  if (code < 0) return;
  throw new ChurnError(
    'invalid-target',
    `class ${JSON.stringify(y.classes[code])} has ${counts[code]} of the training rows, too few for ${folds} folds: ` +
      'join it with another class, leave its rows out, or lower crossValidation.folds',
  );
}

function searchOptions({ crossValidation, seed, workers = availableParallelism() }: Config) {
  const { folds, scoring, cache } = crossValidation;
  const [first, ...others] = scoring.map((name) => scorers[name]);
  return {
    cv: new StratifiedKFold({ nSplits: folds, shuffle: true, seed }),
    scoring: [first, ...others] as const,
    refit: false,
    keepPredictions: true,
    executor: workers > 1 ? threadExecutor(workers) : inlineExecutor,
    ...(cache && { cache: folderCache(cache) }),
  };
}

function pipelineModule(
  { processing, seed }: Config,
  exportName: 'churnPipeline' | 'churnPipelineWithProbabilities',
): PipelineModule<Candidate> {
  const context: PipelineContext = { processing, seed };
  return new PipelineModule(new URL('./churn-pipeline.js', import.meta.url), exportName, context);
}
