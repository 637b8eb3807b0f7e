import { mean, standardDeviation } from 'simple-statistics';
import { improvement, type Scorer } from '../scorer.js';
import type { Prediction, SearchData } from './pieces.js';

/** The scores of a candidate by one metric. */
export interface FoldScores {
  /** A score a fold, in the order of the splits. */
  readonly folds: readonly number[];
  readonly mean: number;
  /** The standard deviation over the folds, with their number as divisor, as scikit-learn's `std_test_score`. */
  readonly std: number;
}

/** What a search found of a candidate. */
export interface SearchCandidate<P> {
  /** Its place in the list of candidates. */
  readonly index: number;
  readonly params: P;
  /** 1 is the best by the first scorer; equal means share the better rank. */
  readonly rank: number;
  /** By the name of the scorer. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** The mean over the folds, in milliseconds; a fit that candidates share is divided among them. */
  readonly fitMs: number;
  readonly scoreMs: number;
  /**
   * What it predicted for each row while that row was held out: an array a class with a probability a row, or one array of
   * amounts; `NaN` for rows in no test part. Only where predictions were asked for.
   */
  readonly predictions?: readonly Float64Array[];
}

/** Collects predictions, and makes the table of candidates of them. */
export class ResultTable {
  readonly #scores: number[][][];
  readonly #fitMs: number[];
  readonly #scoreMs: number[];
  readonly #predictions: Float64Array[][];

  constructor(
    readonly data: SearchData,
    readonly scorers: readonly Scorer[],
    nCandidates: number,
    readonly keepPredictions: boolean,
  ) {
    this.#scores = Array.from({ length: nCandidates }, () => scorers.map(() => []));
    this.#fitMs = new Array(nCandidates).fill(0);
    this.#scoreMs = new Array(nCandidates).fill(0);
    this.#predictions = [];
  }

  /** Takes what a candidate predicted on a fold. */
  add(fold: number, prediction: Prediction): void {
    const { candidate, predictions, fitMs, scoreMs } = prediction;
    const { y, splits, sampleWeight } = this.data;
    const { test } = splits[fold];
    const held = y.take(test);
    const options = sampleWeight && { sampleWeight: Float64Array.from(test, (row) => sampleWeight[row]) };
    this.scorers.forEach((scorer, i) => {
      this.#scores[candidate][i][fold] = scorer.score(held, predictions, options);
    });
    this.#fitMs[candidate] += fitMs / splits.length;
    this.#scoreMs[candidate] += scoreMs / splits.length;
    if (this.keepPredictions) this.keep(fold, prediction);
  }

  /** Remembers what a candidate predicted on a fold. */
  keep(fold: number, { candidate, predictions }: Prediction): void {
    const { y, splits } = this.data;
    const { test } = splits[fold];
    this.#predictions[candidate] ??= predictions.map(() => new Float64Array(y.length).fill(NaN));
    this.#predictions[candidate].forEach((column, k) => {
      for (let i = 0; i < test.length; i++) column[test[i]] = predictions[k][i];
    });
  }

  /** What a candidate predicted of each row. */
  predictions(candidate: number): readonly Float64Array[] {
    return this.#predictions[candidate];
  }

  /** @param sameAs for each candidate the one that was fitted in its place. */
  candidates<P>(params: readonly P[], sameAs: readonly number[]): SearchCandidate<P>[] {
    const rows = params.map((each, index) => {
      const fitted = sameAs[index];
      const scores = this.scorers.map(({ name }, i) => [name, foldScores(this.#scores[fitted][i])] as const);
      return {
        index,
        params: each,
        scores: Object.fromEntries(scores),
        fitMs: this.#fitMs[fitted],
        scoreMs: this.#scoreMs[fitted],
      };
    });
    const [first] = this.scorers;
    const meanOf = (row: (typeof rows)[number]) => row.scores[first.name].mean;
    return rows.map((row) => ({
      ...row,
      rank: 1 + rows.filter((other) => improvement(first, meanOf(other), meanOf(row)) > 0).length,
    }));
  }
}

function foldScores(folds: readonly number[]): FoldScores {
  return { folds, mean: mean(folds), std: standardDeviation(folds) };
}
