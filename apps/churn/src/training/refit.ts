import type { FittedModel as FittedPart, Target } from '@churn/core';
import type { Config } from '../config/config.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import type { Final, FittedModel } from './chosen.js';
import type { Dataset } from './dataset.js';
import { fitChosen } from './fit-chosen.js';

/**
 * Refits each model on all rows, unless disabled by the configuration. Parameters, weights and decisions stay as chosen, and the test
 * metrics remain those of the model fitted on fewer rows.
 */
export async function refitModels<
  T extends Target,
  F extends FittedPart,
  D extends FittedModel<F>,
  E extends D,
>(
  task: Pick<Task<T, F, D, E>, 'withDecision'>,
  evaluated: readonly E[],
  { features, y, records }: Dataset<T>,
  config: Config,
  logger: Logger,
): Promise<Final<F, E>[]> {
  if (!config.split.refit) return evaluated.map((model) => ({ ...model, final: model.pipeline }));
  const { source, lines } = records;
  const fitted = await fitChosen<F>(evaluated, { x: features, y, source, lines }, config, logger);
  return evaluated.map((model, i) => ({ ...model, final: task.withDecision(fitted[i].pipeline, model) }));
}
