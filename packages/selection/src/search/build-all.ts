import { ChurnError, MODEL_ROLES, readOptions, required, requireSpecification } from '@churn/core';
import { functionParameter } from '../function-parameter.js';
import type { AnyModel } from '../model.js';
import { type BuildPipeline, PipelineModule } from './pipeline-module.js';

const buildParameters = {
  pipeline: required(functionParameter('a function that builds a pipeline, or a PipelineModule')),
};

/** The function that makes the model of a candidate. */
export async function builderOf<P, M extends AnyModel>(
  pipeline: BuildPipeline<P, M> | PipelineModule<P, M>,
): Promise<BuildPipeline<P, M>> {
  return pipeline instanceof PipelineModule ? pipeline.load() : pipeline;
}

/**
 * The models of candidates.
 *
 * @param offset the number of the first of them.
 * @throws `invalid-parameter` if there are none, or one cannot be built, naming it.
 */
export function buildAll<P, M extends AnyModel>(
  params: readonly P[],
  build: BuildPipeline<P, M>,
  offset = 0,
): M[] {
  if (!Array.isArray(params) || params.length === 0)
    throw new ChurnError('invalid-parameter', 'expected candidates to search, got none');
  readOptions(buildParameters, { pipeline: build });
  return params.map((each, index) => {
    try {
      const model = build(each);
      requireSpecification(model, 'pipeline', MODEL_ROLES);
      return model;
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      throw new ChurnError(
        error.code,
        `candidate ${offset + index} (${JSON.stringify(each)}): ${error.message}`,
        {
          cause: error,
        },
      );
    }
  });
}
