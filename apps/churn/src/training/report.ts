import { join } from 'node:path';
import type { FittedModel, JsonObject, Target } from '@churn/core';
import { saveModel, writeCsv, writeFileAtomic } from '@churn/io';
import type { FoldScores } from '@churn/selection';
import type { Config } from '../config/config.js';
import { drawFigures, type Picture } from '../figures/draw-figures.js';
import type { Figure } from '../figures/figure.js';
import { writePictures } from '../figures/write-pictures.js';
import { describeRun, type RunDescription, writeRunRecord } from '../runs/describe-run.js';
import { htmlReportFile, modelFile, readableReportFile, reportFile } from '../runs/output-files.js';
import { latestRun } from '../runs/run-folder.js';
import type { Logger } from '../terminal/logger.js';
import type { WrittenFile } from '../terminal/outcome.js';
import type { DrawnData, Findings } from './findings.js';
import type { CommonReport } from './training-report.js';

/** The written results of a training. */
export interface WrittenReport {
  /** Tables for the terminal. */
  readonly tables: string;
  readonly files: readonly WrittenFile[];
  readonly report: CommonReport;
  readonly run: RunDescription;
}

/** A model to write. */
export interface WrittenModel {
  readonly name: string;
  readonly final: FittedModel;
  /** The training record for its file. */
  readonly record: JsonObject;
  /** The test metrics, by scorer. */
  readonly metrics: JsonObject;
  readonly scores: Readonly<Record<string, FoldScores>>;
  readonly threshold?: number | undefined;
}

/** Creates the page from the data and all figures. */
type PageOf = (drawn: DrawnData, pictures: readonly Picture[]) => string;

/** The parts of a report that depend on the task. */
interface ReportParts {
  readonly models: readonly WrittenModel[];
  readonly report: CommonReport;
  /** The report as Markdown. */
  readonly readable: string;
  /** Tables for the terminal. */
  readonly tables: string;
  /** Writes the predictions for test rows. */
  readonly writePredictions: (folder: string) => Promise<void>;
  /** The figures of the models, those saved as files and those only on the page, and the page. */
  readonly figures: () => {
    readonly results: readonly Figure[];
    readonly rows: readonly Figure[];
    readonly page: PageOf;
  };
}

/**
 * Writes the models, the reports, the predictions for test rows, a sample of these rows and, if enabled, all figures and the page.
 */
export async function writeReport<T extends Target>(
  folder: string,
  { models, report, readable, tables, writePredictions, figures }: ReportParts,
  found: Findings<T, unknown>,
  config: Config,
  logger: Logger,
): Promise<WrittenReport> {
  const { split, drawn } = found;
  for (const { name, final, record } of models) await saveModel(modelFile(folder, name), final, record);
  await writeFileAtomic(reportFile(folder), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomic(readableReportFile(folder), readable);
  await writePredictions(folder);
  const { delimiter, encoding } = config.data;
  // The byte order mark says that it is UTF-8, regardless of the default encoding in scoring.
  const csvOptions = { delimiter, byteOrderMark: encoding !== undefined };
  await writeCsv(join(folder, config.output.sample.file), split.sample, csvOptions);
  if (drawn) {
    const { results, rows, page } = figures();
    const pictures = await drawFigures(results);
    if (config.output.images) {
      await writePictures(join(folder, 'images', 'eda'), drawn.pictures);
      await writePictures(join(folder, 'images', 'results'), pictures);
    }
    if (config.output.report) {
      const all = [...drawn.pictures, ...pictures, ...(await drawFigures(rows))];
      await writeFileAtomic(htmlReportFile(folder), page(drawn, all));
    }
  }
  const files = writtenFiles(Object.keys(report.models), split.sample.records.length, config);
  logger.info(`wrote ${files.map(({ path }) => path).join(', ')}`);
  return { tables, files, report, run: await describeRun(folder, models, found, config) };
}

/** Writes the record of the run, once its ID is known. */
export async function describeTraining({ run }: WrittenReport, folder: string, id: string): Promise<void> {
  await writeRunRecord(folder, id, run);
}

/** The written files, with their final paths. */
function writtenFiles(models: readonly string[], sampleRows: number, { output }: Config): WrittenFile[] {
  const latest = latestRun(output.folder);
  return [
    ...models.map((name) => ({ what: 'model', path: modelFile(latest, name) })),
    { what: 'report', path: readableReportFile(latest) },
    ...(output.report ? [{ what: 'page', path: htmlReportFile(latest) }] : []),
    ...(output.images ? [{ what: 'figures', path: join(latest, 'images') }] : []),
    { what: `sample of ${sampleRows} rows`, path: join(latest, output.sample.file) },
    { what: 'log', path: join(latest, output.log) },
  ];
}
