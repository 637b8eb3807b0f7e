import type { FittedModel, Pipeline } from '@churn/core';
import { type BuildPipeline, inlineExecutor, PipelineModule } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { churnPipeline, type PipelineContext } from '../model/churn-pipeline.js';
import type { Logger } from '../terminal/logger.js';
import { executorFor } from './executor.js';

/** The module with the function that creates pipelines, for threads and workers. */
export const PIPELINE = {
  url: new URL('./churn-pipeline.js', import.meta.url),
  exportName: 'churnPipeline',
} as const;

/** The number of cells that can be processed before threads have started. */
const CELLS_WHILE_THREADS_START = 50_000;

/**
 * How the pipeline of a candidate is created, and where it is fitted: with a time limit always in threads, which can be terminated, or on
 * other machines. Unless the configuration sets the number of threads, small amounts of work run in this thread.
 *
 * @param nCells the number of table cells read, over all fits.
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
  nCells: number,
  logger: Logger,
) {
  const context: PipelineContext = { processing, seed, ...(task === 'survival' && { hazards: true }) };
  const isLittle = workers === undefined && nCells <= CELLS_WHILE_THREADS_START;
  if ((workers === 1 || isLittle) && models !== 'auto' && time === undefined) {
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
