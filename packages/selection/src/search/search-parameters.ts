import {
  booleanParameter,
  callback,
  eitherOf,
  type Parameter,
  type ParameterRecord,
  parameter,
  readOptions,
  required,
} from '@churn/core';
import { crossValParameters, crossValScoreParameters, isAnything } from '../cross-val-options.js';
import { functionParameter } from '../function-parameter.js';

/** The options of any search, whose types `SearchOptions` tells. */
export const searchParameters = {
  pipeline: required(parameter('a function that builds a pipeline, or a PipelineModule', isAnything)),
  cv: crossValScoreParameters.cv,
  scoring: crossValScoreParameters.scoring,
  choose: functionParameter('a function that picks a candidate'),
  refit: booleanParameter(),
  keepPredictions: eitherOf(booleanParameter(), callback()),
  executor: withMethods('an executor', ['open']),
  cache: withMethods('a cache', ['get', 'set']),
  signal: abortSignal(),
  until: abortSignal(),
  prune: booleanParameter(),
  onProgress: callback(),
  onCandidate: callback(),
  onPlan: callback(),
};

const { groups, sampleWeight } = crossValParameters;

/**
 * Checks the options of a search. They are not copied: an executor or a cache may be an object that changes.
 * @throws `invalid-parameter` for one that there is not, or that may not be what it is.
 */
export function requireSearchOptions(
  definition: ParameterRecord,
  options: unknown,
  fitOptions: unknown,
): void {
  readOptions(definition, options);
  readOptions({ groups, sampleWeight }, fitOptions);
}

export function abortSignal(): Parameter<object> {
  return withMethods('the signal of an AbortController', ['throwIfAborted', 'addEventListener']);
}

function withMethods(what: string, names: readonly string[]): Parameter<object> {
  const isOne = (value: unknown): value is object =>
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
  return { ...parameter(`${what}, with ${names.join(' and ')}`, isOne), isPlain: false };
}
