import type { FittedClassifier, FittedModel as FittedPart, FittedPipeline, JsonObject } from '@churn/core';
import type { FoldScores, TrainTestSplit } from '@churn/selection';
import type { Candidate } from '../config/model-config.js';
import type { Blend } from '../model/blend.js';

/** A model to fit and write. */
export interface ChosenModel {
  readonly name: string;
  /** The candidate to fit, or the blend of other models. */
  readonly made: { readonly from: Candidate } | Blend;
  /** Its parameters, for reports. */
  readonly parameters: JsonObject;
  /** The number of candidates that it was chosen from. */
  readonly candidates: number;
  /** Cross-validated scores, by scorer. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** The out-of-fold predictions: an array of probabilities per class, or an array of values. */
  readonly predictions: readonly Float64Array[];
  /** The mean time to fit it in a fold. */
  readonly fitSeconds: number;
}

/** The models to fit and write. */
export interface Chosen {
  readonly models: readonly ChosenModel[];
  /** The name of the best one. */
  readonly best: string;
  /** Models left out of the blend for lack of time. */
  readonly leftOut: readonly string[];
}

/** A chosen model, fitted on all training rows. */
export interface FittedModel<F extends FittedPart = FittedClassifier> extends ChosenModel {
  readonly pipeline: FittedPipeline<F>;
}

/** A model evaluated on the test rows, and its pipeline to write. */
export type Final<F extends FittedPart, E extends FittedModel<F>> = E & {
  /** The evaluated pipeline, or the same refitted on all rows. */
  readonly final: FittedPipeline<F>;
};

/**
 * The out-of-fold predictions of each fold, if the model to write is not the evaluated one: its predictions will differ as much as those of
 * the folds.
 */
export function otherFits<F extends FittedPart, E extends FittedModel<F>>(
  { pipeline, final, predictions }: Final<F, E>,
  folds: readonly Pick<TrainTestSplit, 'test'>[],
): Float64Array[][] {
  if (final === pipeline) return [];
  return folds.map(({ test }) => predictions.map((column) => Float64Array.from(test, (row) => column[row])));
}
