import {
  integerParameter,
  listOf,
  numberParameter,
  parameter,
  Random,
  required,
  requireParameter,
  type TargetLike,
} from '@churn/core';
import { isAnything } from '../cross-val-options.js';
import type { AnyModel } from '../model.js';
import { improvement } from '../scorer.js';
import type { TableLike } from '../table-like.js';
import { propose } from './propose.js';
import type { Refitted, SearchFitOptions, SearchOptions, SearchResult } from './search.js';
import { requireSearchOptions, searchParameters } from './search-parameters.js';
import { SearchRun } from './search-run.js';
import { type ParamsIn, type Point, type SearchSpace, SearchSpaces } from './search-space.js';

const parameters = {
  ...searchParameters,
  space: required(parameter('the space of each parameter', isAnything)),
  nCandidates: integerParameter({ from: 1 }),
  nStart: integerParameter({ from: 1 }),
  first: listOf(parameter('the parameters of a candidate', isAnything)),
  batch: integerParameter({ from: 1 }),
  seed: numberParameter(),
};

/** How often a candidate that was tried before is proposed anew, and how often it is then drawn from anywhere. */
const ATTEMPTS = 10;

export interface BayesSearchOptions<
  S extends SearchSpace | readonly SearchSpace[],
  M extends AnyModel = AnyModel,
  R extends boolean = boolean,
> extends SearchOptions<ParamsIn<S>, M, R> {
  /** The space of each parameter, as `integer`, `logUniform`, `oneOf` and others, or a fixed value; or several such spaces. */
  readonly space: S;
  /** The number of candidates, including `first`. Default 50. */
  readonly nCandidates?: number;
  /** The number of candidates before model-based proposals start: `first`, then random ones. Default 10. */
  readonly nStart?: number;
  /** Candidates to try first. Those outside the space do not inform proposals. */
  readonly first?: readonly ParamsIn<S>[];
  /**
   * The number of candidates proposed at a time, which workers can score in parallel. Results depend on it, but not on the workers.
   * Default 4.
   */
  readonly batch?: number;
  /** The random seed. Default 0. */
  readonly seed?: number;
}

/**
 * Bayesian hyperparameter search with tree-structured Parzen estimators: proposes candidates that are likely to be good, given the
 * results so far.
 *
 * ```ts
 * const { best } = await bayesSearch(
 *   {
 *     space: { learningRate: logUniform(0.01, 0.3), maxDepth: integer(3, 10), growth: oneOf(['leaf', 'symmetric']) },
 *     pipeline: (params) => new GradientBoostingClassifier(params),
 *     nCandidates: 60,
 *   },
 *   x,
 *   y,
 * );
 * ```
 *
 * Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization", NeurIPS 2011. Candidates of one batch count
 * as bad until they are scored, so that they differ.
 *
 * @throws as `search`; `invalid-parameter` if the space is invalid, or `first` has more candidates than `nCandidates`.
 */
export async function bayesSearch<
  const S extends SearchSpace | readonly SearchSpace[],
  M extends AnyModel,
  R extends boolean = true,
>(
  options: BayesSearchOptions<S, M, R>,
  x: TableLike,
  y: TargetLike,
  fitOptions: SearchFitOptions = {},
): Promise<SearchResult<ParamsIn<S>, Refitted<M, R>>> {
  requireSearchOptions(parameters, options, fitOptions);
  type P = ParamsIn<S>;
  const { space, nCandidates = 50, nStart = 10, first = [], batch = 4, seed = 0, ...others } = options;
  const most = `at most nCandidates = ${nCandidates} candidates`;
  requireParameter(first.length <= nCandidates, 'first', most, first.length);
  const proposals = new Proposals<P>(new SearchSpaces<P>(space), first, seed);
  while (proposals.length < Math.min(nStart, nCandidates)) proposals.add([], []);
  const start = proposals.all(0);
  const run = await SearchRun.open<P, M, R>(start, others, x, y, fitOptions, nCandidates);
  try {
    await run.evaluate(start);
    while (proposals.length < nCandidates && !run.isEnded) {
      const [scorer] = run.scorers;
      const tried = [...run.complete]
        .sort((a, b) => improvement(scorer, b.scores[scorer.name].mean, a.scores[scorer.name].mean))
        .map(({ index }) => index);
      const from = proposals.length;
      const to = Math.min(nCandidates, from + batch);
      while (proposals.length < to) {
        const unknown = Array.from({ length: proposals.length - from }, (_, i) => from + i);
        proposals.add(tried, [...run.pruned, ...unknown]);
      }
      await run.evaluate(proposals.all(from));
    }
    return await run.finish();
  } finally {
    await run.close();
  }
}

/** The candidates of a search in the order in which they came up. */
class Proposals<P> {
  readonly #params: P[];
  /** Nothing for a candidate outside of the space. */
  readonly #points: (Point | undefined)[];
  readonly #known: Set<string>;
  readonly #random: Random;

  constructor(
    readonly spaces: SearchSpaces<P>,
    first: readonly P[],
    seed: number,
  ) {
    this.#params = [...first];
    this.#points = first.map((each) => spaces.pointOf(each));
    this.#known = new Set(first.map((each) => JSON.stringify(each)));
    this.#random = new Random(seed).stream('bayesSearch');
  }

  get length(): number {
    return this.#params.length;
  }

  /** The parameters of the candidates from one on. */
  all(from: number): P[] {
    return this.#params.slice(from);
  }

  /**
   * Adds the candidate that promises most.
   *
   * @param tried the numbers of candidates that are scored, the best first.
   * @param others those that are hopeless, or under way.
   */
  add(tried: readonly number[], others: readonly number[]): void {
    const pointsOf = (indices: readonly number[]) =>
      indices.map((index) => this.#points[index]).filter((point) => point !== undefined);
    const random = this.#random.stream(this.length);
    const { dimensions } = this.spaces;
    let point = propose(dimensions, pointsOf(tried), pointsOf(others), random);
    for (let i = 1; i < 2 * ATTEMPTS && this.#known.has(this.#keyOf(point)); i++) {
      const isNear = i < ATTEMPTS;
      point = propose(dimensions, isNear ? pointsOf(tried) : [], isNear ? pointsOf(others) : [], random);
    }
    this.#known.add(this.#keyOf(point));
    this.#points.push(point);
    this.#params.push(this.spaces.paramsAt(point));
  }

  #keyOf(point: Point): string {
    return JSON.stringify(this.spaces.paramsAt(point));
  }
}
