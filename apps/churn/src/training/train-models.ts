import type { Config } from '../config/config.js';
import { describeSplit } from '../reporting/describe-split.js';
import type { TimeLimit } from '../runs/time-limit.js';
import { writeRun } from '../runs/write-run.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { tellColumns } from '../terminal/tell-columns.js';
import { blendModels, type Chosen } from './blend.js';
import type { Dataset } from './data.js';
import { decideModels } from './decide.js';
import { drawData } from './draw.js';
import { evaluateModels } from './evaluate.js';
import type { FittedModel } from './fit.js';
import { refitModels } from './refit.js';
import { writeReport } from './report.js';
import { searchModels } from './search.js';
import type { Split } from './split.js';

/** What models are chosen and tried by, and since when. */
export interface TrainingData {
  readonly data: Dataset;
  readonly split: Split;
  /** When the training started, as `performance.now()` tells. */
  readonly started: number;
  readonly limit: TimeLimit | undefined;
  readonly interruption: Interruption | undefined;
}

/**
 * Searches models, fits those that are chosen, tries them on the test rows, and writes a run of all of it.
 *
 * @param fit fits the chosen models.
 * @returns what to show a user.
 */
export function trainModels(
  { data, split, started, limit, interruption }: TrainingData,
  config: Config,
  logger: Logger,
  fit: (chosen: Chosen) => Promise<FittedModel[]>,
): Promise<string> {
  return writeRun(config.output, logger, async (folder) => {
    logger.info(describeSplit(data, split, config));
    tellColumns(data, logger);
    // The data is drawn while the models are searched on other threads.
    const [found, drawn] = await Promise.all([
      searchModels(split.train, config, { limit, interruption }, logger),
      drawData(data, config, logger),
    ]);
    const chosen = blendModels(found, split.train, config, limit, logger);
    const fitted = await fit(chosen);
    const decided = decideModels(fitted, split.train, config);
    const evaluated = evaluateModels(decided, split.test, config, logger);
    const final = await refitModels(evaluated, data, config);
    const seconds = (performance.now() - started) / 1000;
    return writeReport(folder, { data, split, found, chosen, drawn, final, seconds }, config, logger);
  });
}
