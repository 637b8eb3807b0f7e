import type { FoldScores, SearchCandidate } from '@churn/selection';
import type { Candidate } from '../config/model-config.js';
import type { EndedBy } from './end-of-search.js';

export type Found = SearchCandidate<Candidate>;

/** What the search found of a model of the configuration, or of a setting of the portfolio. */
export interface FoundModel {
  readonly name: string;
  readonly best: Found;
  /** All candidates of the model. */
  readonly candidates: readonly Found[];
  /** Of the best candidate, by the name of the scorer; the loss of the task is always among them. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** What the best candidate predicted out of fold: one array of probabilities per class, or one of values. */
  readonly predictions: readonly Float64Array[];
}

export interface SearchResult {
  /** In the order of the configuration. */
  readonly models: readonly FoundModel[];
  readonly seconds: number;
  /** How many seconds the training may take. */
  readonly timeLimit: number | null;
  /** What ended the search before all candidates were tried. */
  readonly endedBy: EndedBy | null;
  /** How many candidates were not tried for that. */
  readonly unfinished: number;
}
