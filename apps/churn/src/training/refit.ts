import type { FittedClassifier, FittedPipeline } from '@churn/core';
import type { Config } from '../config/config.js';
import { withThreshold } from '../model/decision.js';
import type { Logger } from '../terminal/logger.js';
import type { Dataset } from './data.js';
import type { EvaluatedModel } from './evaluate.js';
import { fitChosen } from './fit-chosen.js';

/** A model that was tried on the test rows, and what is written of it. */
export interface FinalModel extends EvaluatedModel {
  /** The pipeline that was tried, or the same fitted on all rows. */
  readonly final: FittedPipeline<FittedClassifier>;
}

/**
 * Fits each model anew on all rows, unless the configuration does not want that: parameters, weights and threshold stay as they were chosen,
 * and what the test rows said of the model is said of one that knows fewer rows.
 */
export async function refitModels(
  evaluated: readonly EvaluatedModel[],
  { features, labels, records }: Dataset,
  config: Config,
  logger: Logger,
): Promise<FinalModel[]> {
  if (!config.split.refit) return evaluated.map((model) => ({ ...model, final: model.pipeline }));
  const { source, lines } = records;
  const fitted = await fitChosen(evaluated, { x: features, y: labels, source, lines }, config, logger);
  return evaluated.map((model, i) => {
    const { threshold } = model;
    const { pipeline } = fitted[i];
    return { ...model, final: threshold ? withThreshold(pipeline, threshold.threshold) : pipeline };
  });
}
