import { mean, standardDeviation } from 'simple-statistics';
import { improvement, type Scorer } from '../scorer.js';
import type { Prediction, SearchData } from './pieces.js';

/** The scores of a candidate by one metric. */
export interface FoldScores {
  /** One score per fold, in the order of the splits. */
  readonly folds: readonly number[];
  readonly mean: number;
  /** The standard deviation over the folds, with their number as divisor, as scikit-learn's `std_test_score`. */
  readonly std: number;
}

/** A candidate that was scored on all folds. */
export interface ScoredCandidate<P> {
  /** Its index in the list of candidates. */
  readonly index: number;
  readonly params: P;
  /** By the name of the scorer. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** The mean over the folds, in milliseconds; a fit that candidates share is divided among them. */
  readonly fitMs: number;
  readonly scoreMs: number;
}

/** The result of a search for a candidate. */
export interface SearchCandidate<P> extends ScoredCandidate<P> {
  /** The rank by the first scorer, 1 being the best; equal means share the better rank. */
  readonly rank: number;
  /**
   * Its out-of-fold predictions: one array per class with one probability per row, or one array of predicted values; `NaN` for rows in no
   * test part. Present if requested.
   */
  readonly predictions?: readonly Float64Array[];
}

/** A candidate that was not scored on all folds. */
export interface UnfinishedCandidate<P> {
  /** Its index in the list of candidates. */
  readonly index: number;
  readonly params: P;
  /** Whether it was pruned, or the search was ended by `until` before it was complete. */
  readonly reason: 'pruned' | 'ended';
}

/** Collects predictions, and makes the table of candidates of them. */
export class ResultTable {
  // By candidate, in no particular order.
  readonly #scores: number[][][] = [];
  readonly #fitMs: number[] = [];
  readonly #scoreMs: number[] = [];
  readonly #predictions: Float64Array[][] = [];
  readonly #nFolds: number[] = [];

  constructor(
    readonly data: SearchData,
    readonly scorers: readonly Scorer[],
    readonly keepPredictions: boolean,
  ) {}

  /** Takes what a candidate predicted on a fold. */
  add(fold: number, prediction: Prediction): void {
    const { candidate, predictions, fitMs, scoreMs } = prediction;
    const { y, splits, sampleWeight } = this.data;
    const { test } = splits[fold];
    const held = y.take(test);
    const options = sampleWeight && { sampleWeight: Float64Array.from(test, (row) => sampleWeight[row]) };
    this.#scores[candidate] ??= this.scorers.map(() => []);
    this.scorers.forEach((scorer, i) => {
      this.#scores[candidate][i][fold] = scorer.score(held, predictions, options);
    });
    this.#fitMs[candidate] = (this.#fitMs[candidate] ?? 0) + fitMs / splits.length;
    this.#scoreMs[candidate] = (this.#scoreMs[candidate] ?? 0) + scoreMs / splits.length;
    this.#nFolds[candidate] = this.nFolds(candidate) + 1;
    if (this.keepPredictions) this.#keep(fold, prediction);
  }

  /** On how many folds a candidate is scored. */
  nFolds(candidate: number): number {
    return this.#nFolds[candidate] ?? 0;
  }

  /** The scores of a candidate by the first scorer, as far as there are. */
  foldsOf(candidate: number): readonly number[] {
    return this.#scores[candidate]?.[0] ?? [];
  }

  /** Whether a candidate is scored on all folds. */
  isComplete(candidate: number): boolean {
    return this.nFolds(candidate) === this.data.splits.length;
  }

  #keep(fold: number, { candidate, predictions }: Prediction): void {
    const { y, splits } = this.data;
    const { test } = splits[fold];
    // Of durations the risk alone: survival is there for the scorers.
    const kept = y.kind === 'durations' ? predictions.slice(0, 1) : predictions;
    this.#predictions[candidate] ??= kept.map(() => new Float64Array(y.length).fill(NaN));
    this.#predictions[candidate].forEach((column, k) => {
      for (let i = 0; i < test.length; i++) column[test[i]] = predictions[k][i];
    });
  }

  /** What a candidate predicted of each row. */
  predictions(candidate: number): readonly Float64Array[] {
    return this.#predictions[candidate];
  }

  /**
   * What is known of a candidate that is complete.
   * @param fitted the candidate that was fitted in its place: itself, unless it is a duplicate.
   */
  scored<P>(index: number, params: P, fitted: number): ScoredCandidate<P> {
    const scores = this.scorers.map(({ name }, i) => [name, foldScores(this.#scores[fitted][i])] as const);
    return {
      index,
      params,
      scores: Object.fromEntries(scores),
      fitMs: this.#fitMs[fitted],
      scoreMs: this.#scoreMs[fitted],
    };
  }
}

/** The candidates with their ranks by a scorer. */
export function ranked<P>(candidates: readonly ScoredCandidate<P>[], scorer: Scorer): SearchCandidate<P>[] {
  const meanOf = (each: ScoredCandidate<P>) => each.scores[scorer.name].mean;
  return candidates.map((each) => ({
    ...each,
    rank: 1 + candidates.filter((other) => improvement(scorer, meanOf(other), meanOf(each)) > 0).length,
  }));
}

/** Scores of folds, with their mean and their spread. */
export function foldScores(folds: readonly number[]): FoldScores {
  return { folds, mean: mean(folds), std: standardDeviation(folds) };
}
