import type { FoldScores, SearchCandidate } from '@churn/selection';
import type { Candidate } from '../config/model-config.js';
import type { EndedBy } from './end-of-search.js';

export type Found = SearchCandidate<Candidate>;

/** The search result for a model of the configuration, or for a setting of the portfolio. */
export interface FoundModel {
  readonly name: string;
  readonly best: Found;
  /** All candidates of the model. */
  readonly candidates: readonly Found[];
  /** The scores of the best candidate, by scorer, including the loss of the task. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** The out-of-fold predictions of the best candidate: an array of probabilities per class, or an array of values. */
  readonly predictions: readonly Float64Array[];
}

export interface SearchResult {
  /** In the order of the configuration. */
  readonly models: readonly FoundModel[];
  readonly seconds: number;
  /** The time limit of the training, in seconds. */
  readonly timeLimit: number | null;
  /** The reason why the search ended early. */
  readonly endedBy: EndedBy | null;
  /** The number of candidates not tried for that reason. */
  readonly unfinished: number;
}
