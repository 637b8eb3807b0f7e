import {
  callback,
  type FitOptions,
  FittedPipeline,
  listOf,
  MODEL_ROLES,
  numberParameter,
  type Parameter,
  parameter,
  type Restorable,
  readOptions,
  required,
  requireParameter,
  requireTargetPerRow,
  restorePart,
  StateReader,
  sampleWeights,
  type TargetLike,
} from '@churn/core';
import { crossValParameters } from '../cross-val-options.js';
import { type AnyModel, type FittedBy, targetOf } from '../model.js';
import { type TableLike, tableOf } from '../table-like.js';
import { asMany } from './as-many.js';
import { buildAll, builderOf } from './build-all.js';
import { type Candidates, type Executor, inlineExecutor } from './executor.js';
import type { SearchData } from './pieces.js';
import { type BuildPipeline, PipelineModule } from './pipeline-module.js';
import { abortSignal, searchParameters } from './search-parameters.js';
import { stopOn } from './stop.js';

const parameters = {
  pipeline: searchParameters.pipeline,
  classes: required(listOf(restorable())),
  executor: searchParameters.executor,
  expectedMs: listOf(numberParameter({ from: 0 })),
  signal: abortSignal(),
  onWarning: callback(),
  onFitted: callback(),
};

export interface FitCandidatesOptions<P, M extends AnyModel = AnyModel> {
  /** Builds the pipeline of a candidate: a function, or a `PipelineModule`, which worker threads need. */
  readonly pipeline: BuildPipeline<P, M> | PipelineModule<P, M>;
  /** The classes of the fitted models, besides pipelines, as for `parseModel`. */
  readonly classes: readonly Restorable[];
  /** Where the work is run. Default this thread. */
  readonly executor?: Executor;
  /** The expected time of each candidate, such as its `fitMs` in a search. Long ones start first. */
  readonly expectedMs?: readonly number[];
  /** Stops the work, with an error. */
  readonly signal?: AbortSignal;
  /** Called with the warnings of models that received the second argument of the function, with the index of the candidate. */
  readonly onWarning?: (message: string, index: number) => void;
  /** Called with each candidate as soon as it is fitted. */
  readonly onFitted?: (index: number, fitMs: number) => void;
}

/** A candidate fitted on all rows. */
export interface FittedOnAllRows<F> {
  readonly model: F;
  /** How long that took, in milliseconds. */
  readonly fitMs: number;
}

/**
 * Fits candidates on all rows, several at a time if the executor can. Each result equals that of `fit`, with the same state to the last
 * bit, without anything that is not saved with a model.
 *
 * @param params the parameters of the candidates.
 * @returns the fitted models, in the order of `params`.
 * @throws `invalid-parameter` if there are no candidates or one cannot be built, naming it, or an option is invalid; `invalid-target` and
 * `invalid-data` for rows that do not fit together; `model-file` if a model is of a class that is not among `classes`; the errors of
 * fits, with the candidate; the reason of the signal.
 */
export async function fitCandidates<P, M extends AnyModel>(
  params: readonly P[],
  options: FitCandidatesOptions<P, M>,
  rows: TableLike,
  y: TargetLike,
  fitOptions: FitOptions = {},
): Promise<FittedOnAllRows<FittedBy<M>>[]> {
  readOptions(parameters, options);
  readOptions({ sampleWeight: crossValParameters.sampleWeight }, fitOptions);
  const { pipeline, executor = inlineExecutor, expectedMs, signal } = options;
  const build = await builderOf(pipeline);
  const models = buildAll(params, build);
  const isPerCandidate = expectedMs === undefined || expectedMs.length === params.length;
  requireParameter(isPerCandidate, 'expectedMs', `${params.length} numbers, one per candidate`, expectedMs);
  const x = tableOf(rows);
  const target = targetOf(models[0], y);
  requireTargetPerRow(x, target);
  sampleWeights(fitOptions, x.nRows);
  const data: SearchData = { x, y: target, splits: [], ...fitOptions };
  const candidates: Candidates = {
    params,
    build: (i, onWarning) => build(params[i], onWarning),
    forOrder: false,
    ...(pipeline instanceof PipelineModule && { module: pipeline }),
  };
  const waiting = longestFirst(params.length, expectedMs);
  const classes = [...options.classes, FittedPipeline];
  const fitted: FittedOnAllRows<FittedBy<M>>[] = [];
  const stop = stopOn({ signal });
  const session = await executor.open(data, candidates);
  const fit = async (index: number) => {
    const { model, fitMs, warnings } = await session.fit(index);
    const restored = restorePart(new StateReader('model', model), classes, ...MODEL_ROLES);
    fitted[index] = { model: restored as FittedBy<M>, fitMs };
    for (const message of warnings) options.onWarning?.(message, index);
    options.onFitted?.(index, fitMs);
  };
  try {
    const done = asMany(
      () => executor.concurrency,
      () => waiting.shift(),
      fit,
    );
    session.onGrowth?.(done.more);
    await Promise.race([done.promise, stop.promise]);
  } finally {
    waiting.length = 0;
    stop.release();
    await session.close();
  }
  return fitted;
}

function longestFirst(n: number, expectedMs: readonly number[] | undefined): number[] {
  const indices = Array.from({ length: n }, (_, i) => i);
  return expectedMs ? indices.sort((a, b) => expectedMs[b] - expectedMs[a]) : indices;
}

function restorable(): Parameter<Restorable> {
  const isRestorable = (value: unknown): value is Restorable =>
    typeof value === 'function' && 'restore' in value && 'type' in value;
  return { ...parameter('a class that can be restored', isRestorable), isPlain: false };
}
