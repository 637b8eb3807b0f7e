import { join } from 'node:path';
import { ChurnError, StateReader } from '@churn/core';
import { writeFileAtomic } from '@churn/io';
import type { MonitorSettings } from '../config/monitor-settings.js';
import type { MonitoringConfig } from '../config/monitoring.js';
import { monitoringFigures } from '../figures/monitoring-figures.js';
import type { InputOptions } from '../input.js';
import { type KnownLabels, labelsById, labelsInInput, labelsInOrder } from '../monitoring/known-labels.js';
import { referenceOfFile, referenceOfModel } from '../monitoring/monitored-reference.js';
import { hasColumn, type MonitoredInput, monitoredParts } from '../monitoring/monitored-rows.js';
import { type MonitoringReport, monitoringReport } from '../monitoring/monitoring-report.js';
import { observeRows, otherColumns } from '../monitoring/observe-rows.js';
import { monitoringPage } from '../reporting/monitoring-page.js';
import { latestRun } from '../runs/run-folder.js';
import { writeRun } from '../runs/write-run.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';
import type { Logger } from '../terminal/logger.js';
import { monitoringTable } from '../terminal/monitoring-table.js';

export interface MonitorOptions extends InputOptions {
  /** A file of rows, or `-` for standard input. */
  readonly input: string;
  /** A model file. */
  readonly model: string;
  /** A file with the labels of the rows. */
  readonly labels?: string;
  /** A file of rows to compare with, instead of those that the model was trained on. */
  readonly reference?: string;
  /** Whether the input has the model's probabilities, which are then taken as they are. */
  readonly scored?: boolean;
  /** Whether the report is shown as JSON. */
  readonly json?: boolean;
}

/**
 * Compares new rows with those that a model learned from, or with those of a file: their columns, the scores of the model, and how good it is
 * on them, as far as that can be estimated or their labels are known. Writes a page and all figures as JSON, as a run of its own that
 * `monitoring/latest` leads to.
 *
 * @returns what to show a user, and whether there is an alert.
 * @throws what reading throws; `invalid-parameter` where the model has no reference and none is given; `invalid-data` where labels do not
 *   fit the rows.
 */
export async function monitor(
  options: MonitorOptions,
  settings: MonitorSettings,
  logger: Logger,
): Promise<{ readonly text: string; readonly isAlert: boolean }> {
  const { input, model, reference: referenceFile, scored: isScored = false, json, ...format } = options;
  const { monitoring: config, seed } = settings;
  const scoring = await loadScoringModel(model);
  const rows: MonitoredInput = { input, modelFile: model, scoring, format };
  const target = targetOf(scoring);
  const reference =
    referenceFile === undefined
      ? referenceOfModel(scoring, model)
      : await referenceOfFile({ ...rows, input: referenceFile, format: {} }, target, seed);
  const { labels, isInInput } = await labelsOf(options, rows, target, config);
  const ids = labels && !isInInput ? config.id : undefined;
  const others = otherColumns(settings.columns, {
    ...(isInInput && target !== undefined && { target }),
    ...(config.date !== undefined && { date: config.date }),
    ...(ids && { ids }),
  });
  const observed = await observeRows(monitoredParts(rows, { others, isScored }), {
    profile: reference.profile,
    scoring,
    dates: config.date === undefined ? undefined : { column: config.date, window: config.window },
    labels,
    isSampled: reference.table !== undefined,
    seed,
  });
  if (observed.counts.rows === 0) throw noneRead(input, observed.rejected);
  const report = monitoringReport({
    ...{ modelFile: model, scoring, input, referenceFile, reference, observed, config, seed },
  });
  const page = await monitoringPage(report, monitoringFigures(report, observed));
  const folder = join(settings.folder, 'monitoring');
  await writeRun({ folder }, logger, async (to) => {
    await writeFileAtomic(filesIn(to).report, jsonOf(report));
    await writeFileAtomic(filesIn(to).page, page);
  });
  const files = filesIn(latestRun(folder));
  const text = json ? jsonOf(report).trimEnd() : shown(report, files);
  return { text, isAlert: report.isAlert };
}

/** The column with the labels, as training knew it. */
function targetOf({ training }: ScoringModel): string | undefined {
  const record = new StateReader('training', training);
  return record.has('target') ? record.child('target').string('column') : undefined;
}

async function labelsOf(
  { labels: file }: MonitorOptions,
  rows: MonitoredInput,
  target: string | undefined,
  { id }: MonitoringConfig,
): Promise<{ readonly labels: KnownLabels | undefined; readonly isInInput: boolean }> {
  const { scoring } = rows;
  if (file === undefined) {
    const isInInput = target !== undefined && (await hasColumn(rows, { name: target, kind: 'category' }));
    return { labels: isInInput ? labelsInInput(target, scoring) : undefined, isInInput };
  }
  if (target === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--labels ${file}: the model does not tell the column with the labels, as it is of an earlier version`,
    );
  }
  const labels = id
    ? await labelsById(file, target, id, scoring)
    : await labelsInOrder(file, target, scoring);
  return { labels, isInInput: false };
}

function noneRead(
  input: string,
  { count, first }: { readonly count: number; readonly first: { line: number; reason: string } | undefined },
): ChurnError {
  const why = first ? `; line ${first.line}: ${first.reason}` : '';
  return new ChurnError('invalid-data', `${input}: none of ${count} rows can be read${why}`);
}

function filesIn(folder: string) {
  return { page: join(folder, 'report.html'), report: join(folder, 'monitoring_report.json') };
}

function jsonOf(report: MonitoringReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function shown(report: MonitoringReport, files: Readonly<Record<string, string>>): string {
  const notes = report.notes.map((note) => `note: ${note}`);
  return [
    report.verdict,
    '',
    monitoringTable(report),
    '',
    ...(notes.length > 0 ? [...notes, ''] : []),
    ...Object.entries(files).map(([what, file]) => `${what}: ${file}`),
  ].join('\n');
}
