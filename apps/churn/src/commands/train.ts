import { basename, join } from 'node:path';
import {
  type FittedClassifier,
  type FittedPipeline,
  isolateFaults,
  type Labels,
  type Table,
} from '@churn/core';
import type { TableProfile } from '@churn/eda';
import { renderSvg } from '@churn/eda/render';
import { type CsvRecords, saveModel, writeCsv, writeFileAtomic } from '@churn/io';
import { classificationReport, stratifiedSample, trainTestSplit, tuneThreshold } from '@churn/selection';
import { version } from '../../package.json';
import type { Config } from '../config/config.js';
import { edaFigures, profileOf, unknownColumns, withDateParts } from '../figures/eda-figures.js';
import { explanationFigures } from '../figures/explanation-figures.js';
import { resultFigures } from '../figures/result-figures.js';
import { type Drawing, drawFigures, writeDrawings, writeFigures } from '../figures/write-figures.js';
import { withThreshold } from '../model/decision.js';
import { createPipeline } from '../model/processing.js';
import { type DataRecord, trainingRecord } from '../model/training-record.js';
import { type ExplainedRow, htmlReport } from '../reporting/html-report.js';
import { percent } from '../reporting/percent.js';
import { formatTrainingReport, type ModelReport, type TrainingReport } from '../reporting/training-report.js';
import { htmlReportFile, modelFile, readableReportFile, reportFile } from '../runs/output-files.js';
import { latestRun } from '../runs/run-folder.js';
import { writeRun } from '../runs/write-run.js';
import type { Logger } from '../terminal/logger.js';
import { progressDisplay } from '../terminal/progress-display.js';
import { resultTable } from '../terminal/result-table.js';
import { type Dataset, inLines, loadDataset, takeRecords } from '../training/data.js';
import { type Evaluation, evaluate } from '../training/evaluate.js';
import {
  assertInEachFold,
  type FoundModel,
  type ModelSearchResult,
  searchModels,
} from '../training/search.js';

/** How many classes the log tells the shares of. */
const SHOWN_CLASSES = 5;

/** Labelled rows of one side of the split, with the lines of the file that they come from. */
interface Part {
  readonly x: Table;
  readonly y: Labels;
  readonly source: string;
  readonly lines: ArrayLike<number>;
}

interface TrainedModel {
  readonly model: FittedPipeline<FittedClassifier>;
  readonly report: ModelReport;
  readonly evaluation: Evaluation;
}

/**
 * Searches the models of the configuration by cross-validation, fits the best candidate of each, chooses its threshold, and
 * writes the models, a report and a sample of the test rows. Nothing is written before the data is known to be good, and the results
 * appear together, as a run of their own that `latest` leads to.
 *
 * @returns what to show a user: a table of results, and where everything was written.
 */
export async function train(config: Config, logger: Logger): Promise<string> {
  const started = performance.now();
  const dataset = await loadDataset(config.data, config.processing.dates?.columns);
  const rows = trainTestSplit(dataset.labels, { testSize: config.split.testSize, seed: config.seed });
  const train = partOf(dataset, rows.train);
  const test = partOf(dataset, rows.test);
  assertInEachFold(train.y, config.crossValidation.folds);
  const size = Math.min(config.output.sample.rows, test.y.length);
  const sampled = stratifiedSample(test.y, { size, seed: config.seed }).map((row) => rows.test[row]);
  const sample = takeRecords(dataset.records, sampled);

  const { folder, log } = config.output;
  const split = { dataset, train, test, sample };
  return writeRun({ folder, log }, logger, (to) => writeResults(to, split, config, logger, started));
}

/** The data, as training uses it. */
interface SplitData {
  readonly dataset: Dataset;
  readonly train: Part;
  readonly test: Part;
  /** Records of test rows. */
  readonly sample: CsvRecords;
}

async function writeResults(
  to: string,
  { dataset, train, test, sample }: SplitData,
  config: Config,
  logger: Logger,
  started: number,
): Promise<string> {
  logger.info(describeDataset(dataset, train, test, config));
  const seen = withDateParts(dataset, config);
  for (const name of unknownColumns(seen, config))
    logger.warn(`eda.figures: there is no column "${name}" to draw`);
  // The data is drawn while the models are searched on other threads.
  const [found, drawn] = await Promise.all([
    search(config, train, logger),
    config.output.images ? drawData(seen, config) : undefined,
  ]);
  const searchSeconds = secondsSince(started);
  const trained = new Map<string, TrainedModel>();
  for (const [name, model] of found.models) {
    trained.set(name, trainModel(name, model, train, test, config, logger));
  }

  const data = dataRecord(config.data.file, dataset);
  for (const [name, { model, report }] of trained) {
    const record = trainingRecord(config, data, report);
    await saveModel(modelFile(to, name), model, record);
  }
  const report: TrainingReport = {
    best: found.best,
    models: Object.fromEntries(Array.from(trained, ([name, { report }]) => [name, report])),
    data: {
      file: data.file,
      sha256: data.sha256,
      rows: data.rows,
      duplicates: dataset.duplicates,
      features: dataset.features.names,
      train: train.y.length,
      test: test.y.length,
      classes: classCounts(dataset.labels),
    },
    search: {
      folds: config.crossValidation.folds,
      scoring: config.crossValidation.scoring,
      candidates: found.plan.sameAs.length,
      fits: found.plan.sameAs.length * config.crossValidation.folds,
      seconds: searchSeconds,
    },
    thresholdRule: config.threshold ?? null,
    seed: config.seed,
    versions: { churn: version, node: process.version },
    seconds: secondsSince(started),
  };
  await writeFileAtomic(reportFile(to), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomic(readableReportFile(to), formatTrainingReport(report));
  await writeCsv(join(to, config.output.sample.file), sample, { delimiter: config.data.delimiter });
  if (drawn) await writePictures(to, config, drawn, trained, test, report);

  const latest = latestRun(config.output.folder);
  const written = [
    ...[...trained.keys()].map((name) => ['model', modelFile(latest, name)]),
    ['report', readableReportFile(latest)],
    ...(config.output.images
      ? [
          ['page', htmlReportFile(latest)],
          ['figures', join(latest, 'images')],
        ]
      : []),
    [`sample of ${sample.records.length} rows`, join(latest, config.output.sample.file)],
    ['log', join(latest, config.output.log)],
  ];
  logger.info(`wrote ${written.map(([, file]) => file).join(', ')}`);
  return `${resultTable(report)}\n\n${written.map(([what, file]) => `${what}: ${file}`).join('\n')}`;
}

/** What the page shows of the data. */
interface DrawnData {
  readonly profile: TableProfile;
  readonly drawings: readonly Drawing[];
}

async function drawData(dataset: Dataset, config: Config): Promise<DrawnData> {
  const profile = profileOf(dataset, config);
  return { profile, drawings: await drawFigures(edaFigures(dataset, profile, config)) };
}

/** Draws the figures of the models, and writes all figures and the page that shows them. */
async function writePictures(
  to: string,
  config: Config,
  { profile, drawings }: DrawnData,
  trained: ReadonlyMap<string, TrainedModel>,
  test: Part,
  report: TrainingReport,
): Promise<void> {
  const { best } = report;
  const data = await writeDrawings(join(to, 'images', 'eda'), drawings);
  const figures = new Map(resultFigures(trained, best, test, config.seed));
  const model = trained.get(best)?.model as FittedPipeline<FittedClassifier>;
  // A row may have a probability and no explanation, where it is far from all others.
  const { result: explanations } = isolateFaults(test.x, (x) => explanationFigures(best, model, x));
  figures.set('shap_importance', explanations.overview);
  const results = await writeFigures(join(to, 'images', 'results'), figures);
  const explained: ExplainedRow[] = [];
  for (const { chart, ...row } of explanations.rows) explained.push({ ...row, svg: await renderSvg(chart) });
  const { target, positive } = config.data;
  const content = { report, target, positive, profile, data, results, explained };
  await writeFileAtomic(htmlReportFile(to), htmlReport(content));
}

async function search(config: Config, part: Part, logger: Logger): Promise<ModelSearchResult> {
  const { x, y } = part;
  const display = progressDisplay(logger);
  try {
    return await searchModels(config, x, y, {
      onProgress: display.update,
      onPlan: (plan) => logger.debug(plan.explain()),
    });
  } catch (error) {
    throw inLines(error, part);
  } finally {
    display.stop();
  }
}

function trainModel(
  name: string,
  found: FoundModel,
  train: Part,
  test: Part,
  config: Config,
  logger: Logger,
): TrainedModel {
  const { seed } = config;
  const { params, scores } = found.best;
  const threshold = config.threshold
    ? tuneThreshold(train.y, found.probabilities[1], config.threshold)
    : null;
  const started = performance.now();
  const pipeline = createPipeline(config.processing, params, {
    seed,
    onWarning: (message) => logger.warn(`${name}: ${message}`),
  });
  const fitted = onPart(train, () => pipeline.fit(train.x, train.y));
  const model = threshold ? withThreshold(fitted, threshold.threshold) : fitted;
  const fitSeconds = secondsSince(started);
  const evaluation = onPart(test, () => evaluate(model, test.x, test.y, { seed }));
  const { metrics, predicted } = evaluation;
  logger.info(`${name}: test ROC AUC ${metrics.rocAuc.toFixed(4)}, fitted in ${fitSeconds.toFixed(1)} s`);
  const report = {
    parameters: params,
    candidates: found.candidates.length,
    cv: scores,
    threshold,
    test: metrics,
    classes: classificationReport(test.y, predicted),
    fitSeconds,
  };
  return { model, report, evaluation };
}

function partOf({ features, labels, records }: Dataset, rows: Int32Array): Part {
  const { source, lines } = takeRecords(records, rows);
  return { x: features.take(rows), y: labels.take(rows), source, lines };
}

/** Does `work` on a part; what it cannot work with is told by the lines of the file. */
function onPart<T>(part: Part, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inLines(error, part);
  }
}

function dataRecord(file: string, { labels, sha256 }: Dataset): DataRecord {
  return { file: basename(file), sha256, rows: labels.length, classes: labels.classes.map(String) };
}

function describeDataset(dataset: Dataset, train: Part, test: Part, { data }: Config): string {
  const { labels, features, duplicates } = dataset;
  const shares = classCounts(labels).map(({ label, rows }) => `${percent(rows / labels.length)} "${label}"`);
  const without = duplicates > 0 ? ` (duplicates left out: ${duplicates})` : '';
  return (
    `${data.file}: ${labels.length} rows${without}, ${features.names.length} columns to learn from, ` +
    `${shares.slice(0, SHOWN_CLASSES).join(', ')}${shares.length > SHOWN_CLASSES ? ', …' : ''}; ${train.y.length} rows for training, ${test.y.length} for the test`
  );
}

function classCounts(labels: Labels): { label: string; rows: number }[] {
  const counts = labels.counts();
  return labels.classes.map((label, code) => ({ label: String(label), rows: counts[code] }));
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
