import { join } from 'node:path';
import { isolateFaults } from '@churn/core';
import { saveModel, writeCsv, writeFileAtomic } from '@churn/io';
import type { Config } from '../config/config.js';
import { drawFigures, drawPictures, writeDrawings } from '../figures/draw-figures.js';
import { explanationFigures } from '../figures/explanation-figures.js';
import { resultFigures } from '../figures/result-figures.js';
import { trainingRecord } from '../model/training-record.js';
import { htmlReport } from '../reporting/html-report.js';
import { formatTrainingReport } from '../reporting/markdown-report.js';
import { choiceText } from '../reporting/search-text.js';
import { htmlReportFile, modelFile, readableReportFile, reportFile } from '../runs/output-files.js';
import { latestRun } from '../runs/run-folder.js';
import type { Logger } from '../terminal/logger.js';
import { leaderboardTable, resultTable } from '../terminal/result-table.js';
import type { DrawnData } from './draw.js';
import type { EvaluatedModel } from './evaluate.js';
import { modelReferences } from './model-reference.js';
import type { LabelledRows } from './split.js';
import { type Findings, type TrainingReport, trainingReport } from './training-report.js';

/**
 * Writes the models, what was found of them, a sample of the test rows and, where the data is drawn, all figures and the page.
 * @returns what to show a user.
 */
export async function writeReport(
  folder: string,
  findings: Findings & { readonly drawn: DrawnData | undefined },
  config: Config,
  logger: Logger,
): Promise<string> {
  const { data, split, drawn, final: models } = findings;
  const references = modelReferences(models, data, split, config);
  for (const [i, { name, final, parameters, evaluation }] of models.entries()) {
    const chosen = { parameters, test: evaluation.metrics };
    const record = trainingRecord(config, data, chosen, references[i]);
    await saveModel(modelFile(folder, name), final, record);
  }
  const report = trainingReport(findings, config);
  await writeFileAtomic(reportFile(folder), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomic(readableReportFile(folder), formatTrainingReport(report));
  const { delimiter, encoding } = config.data;
  // The mark says that it is UTF-8, whatever the encoding of the data that scoring goes by.
  const csvOptions = { delimiter, byteOrderMark: encoding !== undefined };
  await writeCsv(join(folder, config.output.sample.file), split.sample, csvOptions);
  if (drawn) await writePage(folder, report, drawn, models, split.test, config);
  const written = writtenFiles(Object.keys(report.models), split.sample.records.length, config);
  logger.info(`wrote ${written.map(([, file]) => file).join(', ')}`);
  return `${leaderboardTable(report)}\n\n${resultTable(report)}\n${choiceText(report)}\n\n${written.map(([what, file]) => `${what}: ${file}`).join('\n')}`;
}

/** What was written, and where it is to be found when it is in its place. */
function writtenFiles(
  models: readonly string[],
  sampleRows: number,
  { output }: Config,
): [what: string, file: string][] {
  const latest = latestRun(output.folder);
  return [
    ...models.map((name): [string, string] => ['model', modelFile(latest, name)]),
    ['report', readableReportFile(latest)],
    ...(output.images
      ? ([
          ['page', htmlReportFile(latest)],
          ['figures', join(latest, 'images')],
        ] as [string, string][])
      : []),
    [`sample of ${sampleRows} rows`, join(latest, output.sample.file)],
    ['log', join(latest, output.log)],
  ];
}

/** Draws the figures of the models, and writes all figures and the page that shows them. */
async function writePage(
  folder: string,
  report: TrainingReport,
  { profile, drawings }: DrawnData,
  evaluated: readonly EvaluatedModel[],
  test: LabelledRows,
  { data: { target, positive }, seed }: Config,
): Promise<void> {
  const { best } = report;
  const { pipeline } = evaluated.find(({ name }) => name === best) as EvaluatedModel;
  // A row may have a probability and no explanation, where it is far from all others.
  const { result: explained } = isolateFaults(test.x, (x) => explanationFigures(best, pipeline, x));
  const results = await drawFigures([...resultFigures(evaluated, best, test, seed), explained.overview]);
  await writeDrawings(join(folder, 'images', 'eda'), drawings);
  await writeDrawings(join(folder, 'images', 'results'), results);
  const pictures = [...drawings, ...results, ...(await drawPictures(explained.rows))];
  const page = htmlReport({ report, target, positive, profile, pictures });
  await writeFileAtomic(htmlReportFile(folder), page);
}
