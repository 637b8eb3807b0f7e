import { availableParallelism } from 'node:os';
import { type BuildPipeline, inlineExecutor, PipelineModule } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { churnPipeline, type PipelineContext } from '../model/churn-pipeline.js';

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
