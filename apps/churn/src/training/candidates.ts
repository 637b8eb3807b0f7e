import type { Json, Target } from '@churn/core';
import { paramGrid } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { definitionOf } from '../model/models.js';
import { portfolioFor } from '../model/portfolio.js';
import { suitedProcessing } from '../model/suited-processing.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import type { LabelledRows } from './dataset.js';

/** The candidates: of the configured models, or the settings of the preset that suit the data. */
export function candidatesFor<T extends Target>(
  task: Task<T>,
  { x, y }: LabelledRows<T>,
  config: Config,
  logger: Logger,
): Candidate[] {
  const { models, preset, processing } = config;
  if (models !== 'auto') {
    const grids = Object.entries(models).map(([model, grid]) => ({
      model: [model],
      ...grid,
      type: [grid.type],
    }));
    return grids.flatMap((grid) =>
      (paramGrid(grid) as Candidate[]).map((each) => withProcessing(each, config)),
    );
  }
  const { settings, leftOut } = portfolioFor(
    task.portfolio,
    preset,
    { x, ...(y.kind === 'classes' && { classes: y.classes.length }) },
    processing,
  );
  for (const { name, reason } of leftOut) logger.info(`${name} is not tried: ${reason}`);
  return settings.map(({ name, model }) =>
    withProcessing(
      { degree: 1, ...(model as Readonly<Record<string, Json>>), model: name } as Candidate,
      config,
    ),
  );
}

/** The candidate with its processing of missing values and categories, for reports. */
export function withProcessing(candidate: Candidate, { processing }: Config): Candidate {
  const { missing, encoding } = suitedProcessing(definitionOf(candidate.type).accepts, processing, candidate);
  return { ...candidate, missing, encoding: candidate.encoding ?? encoding.method };
}
