import type { Target } from '@churn/core';
import type { TableProfile } from '@churn/eda';
import type { Config } from '../config/config.js';
import { exploreData } from '../figures/data-figures.js';
import { type Drawing, drawFigures } from '../figures/draw-figures.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import type { Dataset } from './data.js';

/** What the page shows of the data. */
export interface DrawnData {
  readonly profile: TableProfile;
  readonly drawings: readonly Drawing[];
}

/** Draws what the data looks like, if the configuration wants images. */
export async function drawData<T extends Target>(
  task: Task<T>,
  data: Dataset<T>,
  config: Config,
  logger: Logger,
): Promise<DrawnData | undefined> {
  if (!config.output.images) return undefined;
  const { profile, figures } = exploreData(task, data, config, logger);
  return { profile, drawings: await drawFigures(figures) };
}
