import type { FittedClassifier, FittedModel, Pipeline } from '@churn/core';
import type { ProcessingConfig } from '../config/config.js';
import type { ModelParameters } from '../config/model-config.js';
import { createPipeline } from './processing.js';

/** The context that all candidates of a search share. */
export type PipelineContext = {
  readonly processing: ProcessingConfig;
  readonly seed: number;
  /** Whether classifiers are fitted to hazards, for survival. */
  readonly hazards?: boolean;
};

/** Creates the pipeline of a candidate, also in worker threads. */
export function churnPipeline<F extends FittedModel = FittedClassifier>(
  parameters: ModelParameters,
  { processing, seed, hazards }: PipelineContext,
  onWarning?: (message: string) => void,
): Pipeline<F> {
  return createPipeline<F>(processing, parameters, {
    seed,
    ...(hazards && { hazards }),
    ...(onWarning && { onWarning }),
  });
}
