import {
  log,
  numberParameter,
  parameter,
  pow,
  Random,
  required,
  type Target,
  type TargetLike,
} from '@churn/core';
import { isAnything } from '../cross-val-options.js';
import { type AnyModel, targetOf } from '../model.js';
import { scorersOf } from '../scoring.js';
import type { Splitter } from '../splitters/splitter.js';
import { splitterOf } from '../splitters/splitter-of.js';
import { type TableLike, tableOf } from '../table-like.js';
import type { TrainTestSplit } from '../train-test-split.js';
import { buildAll, builderOf } from './build-all.js';
import {
  type Refitted,
  type SearchFitOptions,
  type SearchOptions,
  type SearchResult,
  search,
} from './search.js';
import { requireSearchOptions, searchParameters } from './search-parameters.js';
import type { SearchCandidate } from './search-result.js';

const parameters = {
  ...searchParameters,
  candidates: required(parameter('a list of candidates', isAnything)),
  factor: numberParameter({ above: 1 }),
  seed: numberParameter(),
};

export interface HalvingSearchOptions<P, M extends AnyModel = AnyModel, R extends boolean = boolean>
  extends SearchOptions<P, M, R> {
  /** The candidates of the first round, from `paramGrid` or drawn at random. */
  readonly candidates: readonly P[];
  /** Each round keeps one candidate in `factor`, with `factor` times the rows. Default 3. */
  readonly factor?: number;
  /** The seed for drawing the rows of the first rounds. Default 0. */
  readonly seed?: number;
}

/** A round of successive halving. */
export interface HalvingRound<P> {
  /** The number of training rows in the first fold. */
  readonly rows: number;
  readonly candidates: readonly SearchCandidate<P>[];
}

export interface HalvingSearchResult<P, F = unknown> extends SearchResult<P, F> {
  /** All rounds; `candidates` are those of the last one, in which all rows were used. */
  readonly rounds: readonly HalvingRound<P>[];
}

/**
 * Successive halving: tries many candidates on few rows, and the better ones on more, until the last round uses all rows. Test parts are
 * complete in each round; training parts are stratified samples, each a subset of the next. If `until` fires in an earlier round, its
 * best candidate goes to the last one.
 *
 * Source: Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016.
 *
 * @throws as `search`; `invalid-parameter` unless `factor` is a number above 1.
 */
export async function halvingSearch<P, M extends AnyModel, R extends boolean = true>(
  given: HalvingSearchOptions<P, M, R>,
  rows: TableLike,
  y: TargetLike,
  fitOptions: SearchFitOptions = {},
): Promise<HalvingSearchResult<P, Refitted<M, R>>> {
  requireSearchOptions(parameters, given, fitOptions);
  const { candidates, factor = 3, seed = 0, ...options } = given;
  const x = tableOf(rows);
  const [model] = buildAll(candidates, await builderOf(options.pipeline));
  const target = targetOf(model, y);
  const [scorer] = scorersOf<Target>(options.scoring, target);
  const splits = splitterOf(options.cv, target).split(x, target, fitOptions.groups);
  const codes = target.kind === 'classes' ? target.codes : new Int32Array(target.length);
  const ordered = splits.map(({ train }, fold) => inStratifiedOrder(train, codes, seed, fold));
  const nRounds = 1 + Math.max(0, Math.floor(log(candidates.length) / log(factor) + 1e-9));
  const direction = scorer.greaterIsBetter ? -1 : 1;
  const mean = (each: SearchCandidate<P>) => direction * each.scores[scorer.name].mean;
  const rounds: HalvingRound<P>[] = [];
  const nextRound = (round: number) => {
    const share = pow(factor, round + 1 - nRounds);
    return splits.map(({ train, test }, fold): TrainTestSplit => {
      const size = Math.max(2, Math.round(share * train.length));
      return { train: ordered[fold].slice(0, size).sort(), test };
    });
  };
  let left = [...candidates];
  for (let round = 0; round < nRounds - 1 && !options.until?.aborted; round++) {
    const drawn = nextRound(round);
    const ofRound = { ...options, cv: fixed(drawn), refit: false, keepPredictions: false };
    const result = await search(left, ofRound, x, target, fitOptions);
    rounds.push({ rows: drawn[0].train.length, candidates: result.candidates });
    left = [...result.candidates]
      .sort((a, b) => mean(a) - mean(b) || a.index - b.index)
      // Time for the last round is up: the best goes to it alone.
      .slice(0, options.until?.aborted ? 1 : Math.max(1, Math.ceil(left.length / factor)))
      .sort((a, b) => a.index - b.index)
      .map(({ params }) => params);
  }
  const drawn = nextRound(nRounds - 1);
  const last = await search<P, M, R>(left, { ...options, cv: fixed(drawn) }, x, target, fitOptions);
  rounds.push({ rows: drawn[0].train.length, candidates: last.candidates });
  return { ...last, rounds };
}

/** Rows so that each beginning holds the classes in about their overall shares, and one row of each class as early as can be. */
function inStratifiedOrder(rows: Int32Array, codes: Int32Array, seed: number, fold: number): Int32Array {
  const shuffled = new Random(seed).stream('halvingSearch').stream(fold).shuffle(Int32Array.from(rows));
  const sizes = new Map<number, number>();
  for (const row of shuffled) sizes.set(codes[row], (sizes.get(codes[row]) ?? 0) + 1);
  const seen = new Map<number, number>();
  const position = new Map<number, number>();
  for (const row of shuffled) {
    const nth = seen.get(codes[row]) ?? 0;
    seen.set(codes[row], nth + 1);
    position.set(row, nth / (sizes.get(codes[row]) ?? 1));
  }
  return shuffled.sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0) || a - b);
}

function fixed(splits: TrainTestSplit[]): Splitter {
  return { nSplits: splits.length, split: () => splits };
}
