import type { FittedClassifier, FittedModel as FittedPart, FittedPipeline, Target } from '@churn/core';
import type { Config } from '../config/config.js';
import { describeSplit } from '../reporting/describe-split.js';
import type { Beginning } from '../runs/beginning.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Task } from '../task/task.js';
import type { Interruption } from '../terminal/interruption.js';
import { logColumns } from '../terminal/log-columns.js';
import type { Logger } from '../terminal/logger.js';
import { trainUplift } from '../uplift/train-uplift.js';
import type { UpliftLearner } from '../uplift/uplift-learners.js';
import type { FoundUplift } from '../uplift/uplift-report.js';
import type { FittedModel } from './chosen.js';
import type { Dataset, Split } from './dataset.js';
import { drawData } from './draw.js';
import { fitModels } from './fit.js';
import { refitModels } from './refit.js';
import type { WrittenReport } from './report.js';
import { searchModels } from './search.js';

/** The inputs of a training. */
export interface Training {
  readonly task: Task;
  readonly data: Dataset<Target>;
  readonly split: Split<Target>;
  readonly begun: Beginning;
  /** The uplift learners to compare; empty without an experiment. */
  readonly learners: readonly UpliftLearner[];
  readonly limit: TimeLimit | undefined;
  readonly interruption?: Interruption | undefined;
}

/** Searches, fits and evaluates models on rows in memory, and writes the results to a folder. */
export async function trainOn(
  { task, data, split, begun, learners, limit, interruption }: Training,
  folder: string,
  config: Config,
  logger: Logger,
): Promise<WrittenReport> {
  logger.info(describeSplit(task, data, split, config));
  logColumns(data, logger);
  // Draws the data while other threads search models.
  const [found, drawn] = await Promise.all([
    searchModels(task, split.train, config, { limit, interruption }, logger),
    drawData(task, data, config, logger),
  ]);
  const chosen = task.blend(found, split.train, config, limit, logger);
  const fitted = await fitModels(chosen, split.train, config, logger);
  const decided = task.decide(fitted, split.train, config);
  const evaluated = task.evaluate(decided, split.test, config, logger);
  const final = await refitModels(task, evaluated, data, config, logger);
  const best = evaluated.find(({ name }) => name === chosen.best);
  const uplift = upliftOf(data, split, best, { learners, limit }, config, logger);
  return task.report(folder, { data, split, found, chosen, drawn, final, begun, uplift }, config, logger);
}

/** Trains the uplift model, if there is a treatment; only for classification. */
function upliftOf(
  { experiment }: Dataset<Target>,
  split: Split<Target>,
  best: FittedModel<FittedPart> | undefined,
  { learners, limit }: Pick<Training, 'learners' | 'limit'>,
  config: Config,
  logger: Logger,
): FoundUplift | undefined {
  if (!experiment || !split.experiment || !best) return undefined;
  const churn = best.pipeline as FittedPipeline<FittedPart> as FittedPipeline<FittedClassifier>;
  return trainUplift(experiment, split.experiment, churn, learners, config, logger, limit);
}
