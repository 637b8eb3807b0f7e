import type { FittedClassifier, FittedModel, Pipeline } from '@churn/core';
import type { ProcessingConfig } from '../config/config.js';
import type { ModelParameters } from '../config/model-config.js';
import { createPipeline } from './processing.js';

/** What all candidates of a search share. */
export type PipelineContext = {
  readonly processing: ProcessingConfig;
  readonly seed: number;
};

/** Makes the pipeline of a candidate, in worker threads too. */
export function churnPipeline<F extends FittedModel = FittedClassifier>(
  parameters: ModelParameters,
  { processing, seed }: PipelineContext,
  onWarning?: (message: string) => void,
): Pipeline<F> {
  return createPipeline<F>(processing, parameters, { seed, ...(onWarning && { onWarning }) });
}
