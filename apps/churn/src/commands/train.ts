import { type Config, withFoundDates } from '../config/config.js';
import { timeLimit } from '../runs/time-limit.js';
import { isStreamed } from '../streaming/is-streamed.js';
import { trainStreamed } from '../streaming/train-streamed.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { loadDataset } from '../training/data.js';
import { fitModels } from '../training/fit.js';
import { splitData } from '../training/split.js';
import { trainModels } from '../training/train-models.js';

/**
 * Searches models by cross-validation, blends them where the configuration leaves it to us which to take, fits and tries them, and writes
 * the models, a report and a sample of the test rows. Nothing is written before the data is known to be good, and the results
 * appear together, as a run of their own that `latest` leads to.
 *
 * @returns what to show a user: a table of results, and where everything was written.
 */
export async function train(given: Config, logger: Logger, interruption?: Interruption): Promise<string> {
  if (await isStreamed(given)) return trainStreamed(given, logger, interruption);
  const started = performance.now();
  const limit = timeLimit(given);
  const data = await loadDataset(given.data, given.processing.dates?.columns);
  const config = withFoundDates(given, data.schema);
  const split = splitData(data, config);
  return trainModels({ data, split, started, limit, interruption }, config, logger, (chosen) =>
    fitModels(chosen, split.train, config, logger),
  );
}
