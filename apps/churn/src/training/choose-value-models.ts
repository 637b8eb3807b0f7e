import type { TargetValues } from '@churn/core';
import type { Config } from '../config/config.js';
import { BASELINE } from '../model/portfolio.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Logger } from '../terminal/logger.js';
import { alone, blendModels } from './blend.js';
import { bestByMean } from './choose-best.js';
import type { Chosen } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import type { SearchResult } from './found.js';

/**
 * The regression models to write: the listed ones, or with automatic selection, a blend, its members and the baseline. The best model has
 * the best mean of the deciding scorer.
 */
export function chooseValueModels(
  found: SearchResult,
  train: LabelledRows<TargetValues>,
  config: Config,
  limit: TimeLimit | undefined,
  logger: Logger,
): Chosen {
  const finish = (predictions: readonly Float64Array[]) => ({ predictions });
  const { models, leftOut } = blendModels(found, train, config, { limit, finish }, logger);
  const best = bestByMean(models, config.crossValidation.scoring[0]);
  const isWritten = models.some(({ name }) => name === BASELINE);
  const baseline = found.models.filter(({ name }) => name === BASELINE && !isWritten).map(alone);
  return { models: [...models, ...baseline], best, leftOut };
}
