import type { Target } from '@churn/core';
import type { Config } from '../config/config.js';
import { exploreData } from '../figures/data-figures.js';
import { drawFigures } from '../figures/draw-figures.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import type { Dataset } from './dataset.js';
import type { DrawnData } from './findings.js';

/** Profiles and draws the data, if the configuration enables images or the page. */
export async function drawData<T extends Target>(
  task: Task<T>,
  data: Dataset<T>,
  config: Config,
  logger: Logger,
): Promise<DrawnData | undefined> {
  if (!config.output.images && !config.output.report) return undefined;
  const { profile, figures } = exploreData(task, data, config, logger);
  return { profile, pictures: await drawFigures(figures) };
}
