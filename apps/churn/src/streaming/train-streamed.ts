import { takeRecords } from '@churn/io';
import { type Config, dataName, withFoundDates } from '../config/config.js';
import { describeSplit } from '../reporting/describe-split.js';
import { beginning } from '../runs/beginning.js';
import { timeLimit } from '../runs/time-limit.js';
import { type WrittenRun, writeRun } from '../runs/write-run.js';
import { classTask } from '../task/class-task.js';
import type { Interruption } from '../terminal/interruption.js';
import { logColumns } from '../terminal/log-columns.js';
import type { Logger } from '../terminal/logger.js';
import { chooseClassModels } from '../training/choose-class-models.js';
import { writeClassReport } from '../training/class-report.js';
import { toLearnFrom } from '../training/data.js';
import type { Dataset } from '../training/dataset.js';
import { decideModels } from '../training/decide.js';
import { drawData } from '../training/draw.js';
import { evaluateModels } from '../training/evaluate.js';
import { declaredSchema, tableOf } from '../training/read-table.js';
import { refitModels } from '../training/refit.js';
import { describeTraining, type WrittenReport } from '../training/report.js';
import { searchModels } from '../training/search.js';
import { splitData } from '../training/split.js';
import { fitStreamed } from './fit-streamed.js';
import { sampleFile } from './sample-file.js';
import { streamedConfig } from './streamed-config.js';
import { wholeFile } from './whole-file.js';

/**
 * Trains as `train` does on a file whose rows need not fit into memory. Column types, processing, parameters and threshold are determined
 * from a random sample, part of which are the test rows; the chosen models are then fitted on all other rows, with one byte per value in
 * memory. The file is read three times.
 */
export async function trainStreamed(
  userConfig: Config,
  logger: Logger,
  interruption?: Interruption,
): Promise<WrittenRun<WrittenReport>> {
  const begun = beginning();
  const given = streamedConfig(userConfig);
  const limit = timeLimit(userConfig);
  const { all, drawn } = await drawnRows(given, logger);
  const config = withFoundDates(given, all.schema);
  const split = splitData(classTask, all, config);
  // Frees the texts of rows, which use the most memory.
  const data = { ...all, records: takeRecords(all.records, []) };
  const work = async (folder: string) => {
    logger.info(describeSplit(classTask, data, split, config));
    logColumns(data, logger);
    const [found, figures] = await Promise.all([
      searchModels(classTask, split.train, config, { limit, interruption }, logger),
      drawData(classTask, data, config, logger),
    ]);
    const chosen = chooseClassModels(found, split.train, config, limit, logger);
    const fitted = await fitStreamed(chosen, { data, split, drawn }, config, logger);
    const decided = decideModels(fitted, split.train, config);
    const evaluated = evaluateModels(decided, split.test, config, logger);
    const final = await refitModels(classTask, evaluated, data, config, logger);
    const findings = { data, split, found, chosen, drawn: figures, final, begun };
    return writeClassReport(classTask, folder, findings, config, logger);
  };
  return writeRun(config.output, logger, work, describeTraining);
}

/** The sampled rows as a dataset with the counts of all rows, and their lines. */
export async function drawnRows(
  { data, processing, training: { sampleRows }, seed }: Config,
  logger: Logger,
): Promise<{ readonly all: Dataset; readonly drawn: ArrayLike<number> }> {
  const dates = processing.dates?.columns ?? [];
  const file = await sampleFile(data, declaredSchema(data, dates), { sampleRows, seed });
  const { records } = file;
  const sample = toLearnFrom(classTask, tableOf(records, data, dates), data);
  const whole = wholeFile(file, sample, data);
  logger.info(
    `${dataName(data)}: ${file.rows.toLocaleString('en')} rows, streamed; columns, processing, parameters and threshold ` +
      `are determined from a random sample of ${records.records.length.toLocaleString('en')}`,
  );
  return { all: { ...sample, whole, contentSha256: records.sha256 }, drawn: records.lines };
}
