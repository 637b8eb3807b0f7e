import {
  integerParameter,
  numberParameter,
  Random,
  required,
  requireParameter,
  type TargetLike,
} from '@churn/core';
import { functionParameter } from '../function-parameter.js';
import type { AnyModel } from '../model.js';
import type { TableLike } from '../table-like.js';
import {
  type Refitted,
  type SearchFitOptions,
  type SearchOptions,
  type SearchResult,
  search,
} from './search.js';
import { requireSearchOptions, searchParameters } from './search-parameters.js';

/** Draws the parameters of a candidate. */
export type DrawParams<P> = (random: Random) => P;

const parameters = {
  ...searchParameters,
  draw: required(functionParameter('a function that draws the parameters of a candidate')),
  nCandidates: integerParameter({ from: 1 }),
  seed: numberParameter(),
};

export interface RandomSearchOptions<P, M extends AnyModel = AnyModel, R extends boolean = boolean>
  extends SearchOptions<P, M, R> {
  readonly draw: DrawParams<P>;
  /** The number of candidates. Default 10. */
  readonly nCandidates?: number;
  /** The random seed; with a larger number, the first candidates are the same. Default 0. */
  readonly seed?: number;
}

/**
 * Random search: tries candidates drawn at random.
 *
 * ```ts
 * await randomSearch({ draw: (random) => ({ C: 10 ** (4 * random.uniform() - 3) }), pipeline, nCandidates: 20 }, x, y);
 * ```
 *
 * Source: Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012.
 *
 * @throws as `search`; `invalid-parameter` unless `nCandidates` is an integer of at least 1.
 */
export async function randomSearch<P, M extends AnyModel, R extends boolean = true>(
  options: RandomSearchOptions<P, M, R>,
  x: TableLike,
  y: TargetLike,
  fitOptions?: SearchFitOptions,
): Promise<SearchResult<P, Refitted<M, R>>> {
  requireSearchOptions(parameters, options, fitOptions);
  const { draw, nCandidates = 10, seed = 0, ...others } = options;
  return search<P, M, R>(drawCandidates(draw, nCandidates, seed), others, x, y, fitOptions);
}

/** @throws `invalid-parameter` unless `nCandidates` is an integer of at least 1. */
export function drawCandidates<P>(draw: DrawParams<P>, nCandidates: number, seed: number): P[] {
  requireParameter(
    Number.isInteger(nCandidates) && nCandidates >= 1,
    'nCandidates',
    'an integer of at least 1',
    nCandidates,
  );
  const random = new Random(seed).stream('randomSearch');
  return Array.from({ length: nCandidates }, (_, i) => draw(random.stream(i)));
}
