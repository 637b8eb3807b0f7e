import { type Config, withFoundDates } from '../config/config.js';
import { beginning } from '../runs/beginning.js';
import { timeLimit } from '../runs/time-limit.js';
import { type WrittenRun, writeRun } from '../runs/write-run.js';
import { isStreamed } from '../streaming/is-streamed.js';
import { trainStreamed } from '../streaming/train-streamed.js';
import { taskOf } from '../task/task-of.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { fileLines, type Outcome } from '../terminal/outcome.js';
import { trackRun } from '../tracking/track-runs.js';
import { loadDataset } from '../training/data.js';
import { describeTraining, type WrittenReport } from '../training/report.js';
import { splitData } from '../training/split.js';
import { trainOn } from '../training/train-on.js';
import { upliftLearners } from '../uplift/uplift-learners.js';

/**
 * Searches models by cross-validation, blends them with `models: auto`, fits and evaluates them, and writes the models, a report and a
 * sample of the test rows; with a treatment column, also an uplift model. Nothing is written before the data is validated, and the results
 * appear together, as a run that `latest` points to.
 *
 * @returns a table of results, and the written files.
 */
export async function train(given: Config, logger: Logger, interruption?: Interruption): Promise<Outcome> {
  const learn = (await isStreamed(given)) ? trainStreamed : trainInMemory;
  const { id, result } = await learn(given, logger, interruption);
  await trackRun(given, id, logger);
  const { tables, files, report, run } = result;
  return {
    text: `${tables}\n\n${fileLines(files)}\nrun: ${id}`,
    files,
    figures: { run: id, best: report.best, data: run.data, models: run.models },
  };
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
  // Rejects unsuitable data before the long search.
  const learners = data.experiment ? upliftLearners(config, data.experiment.features.names.length) : [];
  const work = (folder: string) =>
    trainOn({ task, data, split, begun, learners, limit, interruption }, folder, config, logger);
  return writeRun(config.output, logger, work, describeTraining);
}
