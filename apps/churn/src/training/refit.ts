import type { FittedClassifier, FittedPipeline } from '@churn/core';
import type { Config } from '../config/config.js';
import { withThreshold } from '../model/decision.js';
import { createPipeline } from '../model/processing.js';
import type { Dataset } from './data.js';
import type { EvaluatedModel } from './evaluate.js';
import { onRows } from './split.js';

/** A model that was tried on the test rows, and what is written of it. */
export interface FinalModel extends EvaluatedModel {
  /** The pipeline that was tried, or the same fitted on all rows. */
  readonly final: FittedPipeline<FittedClassifier>;
}

/**
 * Fits each model anew on all rows, if the configuration wants that: parameters and threshold stay as they were chosen, and what the test rows
 * said of the model is said of one that knows fewer rows.
 */
export function refitModels(
  evaluated: readonly EvaluatedModel[],
  { features, labels, records }: Dataset,
  { split, processing, seed }: Config,
): FinalModel[] {
  const { source, lines } = records;
  return evaluated.map((model) => {
    const { best, pipeline, threshold } = model;
    if (!split.refit) return { ...model, final: pipeline };
    const specification = createPipeline(processing, best.params, { seed });
    const fitted = onRows({ x: features, y: labels, source, lines }, ({ x, y }) => specification.fit(x, y));
    return { ...model, final: threshold ? withThreshold(fitted, threshold.threshold) : fitted };
  });
}
