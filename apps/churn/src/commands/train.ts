import type { FittedClassifier, FittedModel as FittedPart, FittedPipeline, Target } from '@churn/core';
import { type Config, withFoundDates } from '../config/config.js';
import { describeSplit } from '../reporting/describe-split.js';
import { beginning } from '../runs/beginning.js';
import { type TimeLimit, timeLimit } from '../runs/time-limit.js';
import { type WrittenRun, writeRun } from '../runs/write-run.js';
import { isStreamed } from '../streaming/is-streamed.js';
import { trainStreamed } from '../streaming/train-streamed.js';
import { taskOf } from '../task/task-of.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import { fileLines, type Outcome } from '../terminal/outcome.js';
import { tellColumns } from '../terminal/tell-columns.js';
import { trackRun } from '../tracking/track-runs.js';
import type { FittedModel } from '../training/chosen.js';
import { loadDataset } from '../training/data.js';
import type { Dataset, Split } from '../training/dataset.js';
import { drawData } from '../training/draw.js';
import { fitModels } from '../training/fit.js';
import { refitModels } from '../training/refit.js';
import { describeTraining, type WrittenReport } from '../training/report.js';
import { searchModels } from '../training/search.js';
import { splitData } from '../training/split.js';
import { trainUplift } from '../uplift/train-uplift.js';
import { type UpliftLearner, upliftLearners } from '../uplift/uplift-learners.js';
import type { FoundUplift } from '../uplift/uplift-report.js';

/**
 * Searches models by cross-validation, blends them where the configuration leaves it to us which to take, fits and tries them, and writes
 * the models, a report and a sample of the test rows; where the file tells who was treated, the model of uplift with them. Nothing is written before the data is known to be good, and the results
 * appear together, as a run of their own that `latest` leads to.
 *
 * @returns a table of results, and where everything was written.
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
  // What cannot be learned is refused before the long search.
  const learners = data.experiment ? upliftLearners(config, data.experiment.features.names.length) : [];
  const work = async (folder: string) => {
    logger.info(describeSplit(task, data, split, config));
    tellColumns(data, logger);
    // The data is drawn while the models are searched on other threads.
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
  };
  return writeRun(config.output, logger, work, describeTraining);
}

/** What a treatment did, where the data tells who was treated: of classes alone. */
function upliftOf(
  { experiment }: Dataset<Target>,
  split: Split<Target>,
  best: FittedModel<FittedPart> | undefined,
  { learners, limit }: { readonly learners: readonly UpliftLearner[]; readonly limit: TimeLimit | undefined },
  config: Config,
  logger: Logger,
): FoundUplift | undefined {
  if (!experiment || !split.experiment || !best) return undefined;
  const churn = best.pipeline as FittedPipeline<FittedPart> as FittedPipeline<FittedClassifier>;
  return trainUplift(experiment, split.experiment, churn, learners, config, logger, limit);
}
