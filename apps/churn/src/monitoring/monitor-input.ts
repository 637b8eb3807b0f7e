import { ChurnError } from '@churn/core';
import type { MonitorSettings } from '../config/monitor-settings.js';
import type { MonitoringConfig } from '../config/monitoring.js';
import type { InputOptions } from '../input.js';
import { recordedTarget } from '../model/recorded-target.js';
import { isOfTrainingRows } from '../registry/learned-file.js';
import type { NamedModel } from '../registry/named-model.js';
import { loadAnyModel } from '../scoring/scoring-model.js';
import { isFolder, LogLeftOut, loggedTimes } from '../serve/log/log-records.js';
import { type KnownLabels, labelsById, labelsInInput, labelsInOrder } from './known-labels.js';
import { logFailure } from './log-failure.js';
import { referenceOfFile, referenceOfModel } from './monitored-reference.js';
import { hasColumns, type MonitoredInput, monitoredParts } from './monitored-rows.js';
import { type MonitoringReport, monitoringReport } from './monitoring-report.js';
import { type Observation, observeRows, otherColumns } from './observe-rows.js';
import type { Outcome } from './outcome/outcome.js';
import { outcomeOf } from './outcome/outcome-of.js';
import { timeOutcome } from './outcome/time-outcome.js';

export interface MonitorOptions extends InputOptions {
  /** A file of rows, the log folder of a service, or `-` for standard input. */
  readonly input: string;
  readonly model: NamedModel;
  /** A file with the labels of the rows. */
  readonly labels?: string;
  /** A file of rows to compare with, instead of the training data. */
  readonly reference?: string;
  /** Whether to take the model's predictions from the input. */
  readonly scored?: boolean;
}

/**
 * Compares new rows with a model's training data, or with rows of a file: their columns, the model's scores, and its performance, as far as
 * it can be estimated or labels are known.
 *
 * @throws as reading does; `invalid-parameter` if the model has no reference and none is given; `invalid-data` if labels do not match the
 * rows.
 */
export async function monitorInput(
  options: MonitorOptions,
  settings: MonitorSettings,
): Promise<{ readonly report: MonitoringReport; readonly observed: Observation }> {
  const { input, model, reference: referenceFile, scored: isScored = false, ...format } = options;
  const { monitoring: config, seed } = settings;
  const scoring = await loadAnyModel(model.file);
  const rows: MonitoredInput = { input, modelFile: model.file, scoring, format };
  const target = recordedTarget(scoring.training);
  const ofFiles = target === undefined ? undefined : outcomeOf(scoring, target);
  const isOfLog = isFolder(input) && options.labels === undefined && scoring.task === 'survival';
  const outcome = isOfLog ? loggedOutcome(scoring.predicts) : ofFiles;
  const reference =
    referenceFile === undefined
      ? referenceOfModel(scoring, model.file)
      : await referenceOfFile({ ...rows, input: referenceFile, format: {} }, ofFiles, seed);
  const { labels, isInInput } = await labelsOf(options, rows, outcome, config);
  const ids = labels && !isInInput ? config.id : undefined;
  const others = otherColumns(settings.columns, {
    ...(isInInput && outcome && { target: outcome.columns }),
    ...(config.date !== undefined && { date: config.date }),
    ...(ids && { ids }),
  });
  const leftOut = new LogLeftOut();
  const observed = await observeRows(monitoredParts(rows, { others, isScored, input }, leftOut), {
    input,
    profile: reference.profile,
    outcome,
    dates: config.date === undefined ? undefined : { column: config.date, window: config.window },
    labels,
    isSampled: reference.table !== undefined,
    seed,
  });
  if (observed.counts.rows === 0) {
    const { unread } = observed.rejected;
    throw isFolder(input) && unread === 0
      ? logFailure(input, scoring, leftOut)
      : noneRead(input, observed.rejected);
  }
  const report = monitoringReport({
    ...{ model, scoring, input, referenceFile, reference, observed, leftOut, config, seed },
    isOfTrainingRows: await isOfTrainingRows(model, input),
  });
  return { report, observed };
}

/** The outcomes in the log of a service, for a survival model: durations since scoring. */
function loggedOutcome(predicts: string): Outcome {
  const { time, event } = loggedTimes(predicts);
  return timeOutcome(time, { event, positive: 'yes' });
}

async function labelsOf(
  { labels: file }: MonitorOptions,
  rows: MonitoredInput,
  outcome: Outcome | undefined,
  { id }: MonitoringConfig,
): Promise<{ readonly labels: KnownLabels | undefined; readonly isInInput: boolean }> {
  const { scoring } = rows;
  if (file === undefined) {
    const isInInput = outcome !== undefined && (await hasColumns(rows, outcome.columns));
    return { labels: isInInput ? labelsInInput(rows.input, outcome) : undefined, isInInput };
  }
  if (outcome === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--labels ${file}: the model is of an earlier version and does not record the column with the labels`,
    );
  }
  const labels = id
    ? await labelsById(file, outcome, id, scoring)
    : await labelsInOrder(file, outcome, scoring);
  return { labels, isInInput: false };
}

function noneRead(input: string, { unread, first }: Observation['rejected']): ChurnError {
  if (unread === 0) return new ChurnError('invalid-data', `${input}: expected rows, got none`);
  const why = first ? `; line ${first.line}: ${first.reason}` : '';
  return new ChurnError('invalid-data', `${input}: none of ${unread} rows can be read${why}`);
}
