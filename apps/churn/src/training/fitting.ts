import type { FittedModel, Pipeline } from '@churn/core';
import { type BuildPipeline, inlineExecutor, PipelineModule } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { churnPipeline, type PipelineContext } from '../model/churn-pipeline.js';
import type { Logger } from '../terminal/logger.js';
import { executorFor } from './executor.js';

/** Where the function that makes pipelines is found by threads and by workers. */
export const PIPELINE = {
  url: new URL('./churn-pipeline.js', import.meta.url),
  exportName: 'churnPipeline',
} as const;

/**
 * What makes the pipeline of a candidate, and where it is fitted: within a time limit always in threads, which can be ended at any
 * moment, or on other machines.
 */
export async function fitting(
  {
    workers,
    models,
    time,
    processing,
    seed,
    data: { task },
  }: Pick<Config, 'workers' | 'models' | 'time' | 'processing' | 'seed' | 'data'>,
  logger: Logger,
) {
  const context: PipelineContext = { processing, seed, ...(task === 'survival' && { hazards: true }) };
  if (workers === 1 && models !== 'auto' && time === undefined) {
    const pipeline: BuildPipeline<Candidate, Pipeline<FittedModel>> = (params, onWarning) =>
      churnPipeline<FittedModel>(params, context, onWarning);
    return { executor: inlineExecutor, pipeline };
  }
  return {
    executor: await executorFor(workers, logger),
    pipeline: new PipelineModule<Candidate, Pipeline<FittedModel>>(
      PIPELINE.url,
      PIPELINE.exportName,
      context,
    ),
  };
}
