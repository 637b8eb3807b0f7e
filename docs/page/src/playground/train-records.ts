import type { FileRecords } from '@churn/io';
import { withFoundDates } from '../../../../apps/churn/src/config/config.js';
import { newCase } from '../../../../apps/churn/src/new-case/new-case.js';
import { timeLimit } from '../../../../apps/churn/src/runs/time-limit.js';
import { taskOf } from '../../../../apps/churn/src/task/task-of.js';
import { toLearnFrom } from '../../../../apps/churn/src/training/data.js';
import { tableOf } from '../../../../apps/churn/src/training/read-table.js';
import { splitData } from '../../../../apps/churn/src/training/split.js';
import { trainOn } from '../../../../apps/churn/src/training/train-on.js';
import type { MadeReport } from './host/report.js';
import type { TrainedMessage, TrainingRequest } from './messages.js';
import type { PageLogger } from './page-logger.js';

/**
 * Trains as `churn init` and `churn train` do, without files.
 * @throws what they throw where the target cannot be learned.
 */
export async function trainRecords(
  records: FileRecords,
  { target, predicted, preset }: Extract<TrainingRequest, { kind: 'train' }>,
  logger: PageLogger,
): Promise<TrainedMessage> {
  const from = performance.now();
  const seconds = () => (performance.now() - from) / 1000;
  const begun = { started: new Date().toISOString(), git: Promise.resolve(null), seconds };
  const file = records.source;
  const made = newCase(records, {
    data: { file },
    target,
    task: predicted,
    file: 'the page',
    outputs: 'outputs',
  });
  const given = { ...made.config, preset };
  const task = taskOf(given);
  const data = toLearnFrom(task, tableOf(records, given.data), given.data);
  const config = withFoundDates(given, data.schema);
  const split = splitData(task, data, config);
  const training = { task, data, split, begun, learners: [], limit: timeLimit(config) };
  // The report is made by the module that stands in place of the one that writes files.
  const written = (await trainOn(training, '', config, logger as never)) as unknown as MadeReport;
  const { best } = written.report;
  return { kind: 'trained', page: written.page, best, model: written.models[best], seconds: seconds() };
}
