import { type Config, withFoundDates } from '../config/config.js';
import { beginning } from '../runs/beginning.js';
import { timeLimit } from '../runs/time-limit.js';
import { type WrittenRun, writeRun } from '../runs/write-run.js';
import { isStreamed } from '../streaming/is-streamed.js';
import { trainStreamed } from '../streaming/train-streamed.js';
import { taskOf } from '../task/task-of.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { trackRun } from '../tracking/track-runs.js';
import { loadDataset } from '../training/data.js';
import { describeTraining, type WrittenReport } from '../training/report.js';
import { splitData } from '../training/split.js';
import { trainOn } from '../training/train-on.js';
import { upliftLearners } from '../uplift/uplift-learners.js';

/**
 * Searches models by cross-validation, blends them where the configuration leaves it to us which to take, fits and tries them, and writes
 * the models, a report and a sample of the test rows; where the file tells who was treated, the model of uplift with them. Nothing is written before the data is known to be good, and the results
 * appear together, as a run of their own that `latest` leads to.
 *
 * @returns what to show a user: a table of results, and where everything was written.
 */
export async function train(given: Config, logger: Logger, interruption?: Interruption): Promise<string> {
  const learn = (await isStreamed(given)) ? trainStreamed : trainInMemory;
  const { id, result } = await learn(given, logger, interruption);
  await trackRun(given, id, logger);
  return `${result.shown}\nrun: ${id}`;
}

async function trainInMemory(
  given: Config,
  logger: Logger,
  interruption?: Interruption,
): Promise<WrittenRun<WrittenReport>> {
  const begun = beginning();
  const limit = timeLimit(given);
  const task = taskOf(given);
  const data = await loadDataset(task, given.data, given.processing.dates?.columns);
  const config = withFoundDates(given, data.schema);
  const split = splitData(task, data, config);
  // What cannot be learned is refused before the long search.
  const learners = data.experiment ? upliftLearners(config, data.experiment.features.names.length) : [];
  const work = (folder: string) =>
    trainOn({ task, data, split, begun, learners, limit, interruption }, folder, config, logger);
  return writeRun(config.output, logger, work, describeTraining);
}
