import type { FittedClassifier, FittedModel as FittedPart, FittedPipeline, JsonObject } from '@churn/core';
import type { FoldScores } from '@churn/selection';
import type { Candidate } from '../config/model-config.js';
import type { Blend } from '../model/blend.js';

/** A model that is to be written. */
export interface ChosenModel {
  readonly name: string;
  /** What is fitted, or what other models are blended. */
  readonly made: { readonly from: Candidate } | Blend;
  /** The same, for reports. */
  readonly parameters: JsonObject;
  /** How many candidates it is the best of, or was selected from. */
  readonly candidates: number;
  /** Cross-validated, by the name of the scorer. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** Of training rows held out: one array of probabilities per class, or one of values. */
  readonly predictions: readonly Float64Array[];
  /** To fit it in a fold, on average. */
  readonly fitSeconds: number;
}

/** The models that are to be written. */
export interface Chosen {
  readonly models: readonly ChosenModel[];
  /** The name of the best of them. */
  readonly best: string;
  /** What would have been in the blend, had there been time to fit it. */
  readonly leftOut: readonly string[];
}

/** A chosen model, fitted on all training rows. */
export interface FittedModel<F extends FittedPart = FittedClassifier> extends ChosenModel {
  readonly pipeline: FittedPipeline<F>;
}

/** A model that was tried on the test rows, and what is written of it. */
export type Final<F extends FittedPart, E extends FittedModel<F>> = E & {
  /** The pipeline that was tried, or the same fitted on all rows. */
  readonly final: FittedPipeline<F>;
};
