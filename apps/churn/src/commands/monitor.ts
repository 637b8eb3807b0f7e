import { join } from 'node:path';
import { writeFileAtomic } from '@churn/io';
import type { MonitorSettings } from '../config/monitor-settings.js';
import { monitoringFigures } from '../figures/monitoring-figures.js';
import { type MonitorOptions, monitorInput } from '../monitoring/monitor-input.js';
import type { MonitoringReport } from '../monitoring/monitoring-report.js';
import { monitoringPage } from '../reporting/monitoring-page.js';
import { latestRun } from '../runs/run-folder.js';
import { writeRun } from '../runs/write-run.js';
import type { Logger } from '../terminal/logger.js';
import { monitoringTable, performanceTable, rowCounts, windowTable } from '../terminal/monitoring-table.js';
import { fileLines, type Outcome, type WrittenFile } from '../terminal/outcome.js';

/**
 * Runs `monitorInput`, and writes a page and all metrics as JSON, as a separate run that `monitoring/latest` points to.
 *
 * @returns the report, and whether there is an alert.
 * @throws as `monitorInput` does.
 */
export async function monitor(
  options: MonitorOptions,
  settings: MonitorSettings,
  logger: Logger,
): Promise<Outcome & { readonly isAlert: boolean }> {
  const { report, observed } = await monitorInput(options, settings);
  const page = await monitoringPage(report, monitoringFigures(report, observed));
  const folder = join(settings.folder, 'monitoring');
  await writeRun({ folder }, logger, async (to) => {
    await writeFileAtomic(filesIn(to).report, jsonOf(report));
    await writeFileAtomic(filesIn(to).page, page);
  });
  const files = Object.entries(filesIn(latestRun(folder))).map(([what, path]) => ({ what, path }));
  return { text: shown(report, files), files, figures: report, isAlert: report.isAlert };
}

function filesIn(folder: string) {
  return { page: join(folder, 'report.html'), report: join(folder, 'monitoring_report.json') };
}

function jsonOf(report: MonitoringReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function shown(report: MonitoringReport, files: readonly WrittenFile[]): string {
  const notes = report.notes.map((note) => `note: ${note}`);
  return [
    report.verdict,
    rowCounts(report),
    '',
    ...[monitoringTable(report), performanceTable(report), windowTable(report)]
      .filter((table) => table !== '')
      .flatMap((table) => [table, '']),
    ...(notes.length > 0 ? [...notes, ''] : []),
    fileLines(files),
  ].join('\n');
}
