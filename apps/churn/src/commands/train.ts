import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FittedPipeline, Labels, Table } from '@churn/core';
import { saveModel, writeCsv, writeFileAtomic } from '@churn/io';
import { crossValScore, StratifiedKFold, trainTestSplit } from '@churn/selection';
import type { Config } from '../config.js';
import { type Dataset, loadDataset, takeRecords } from '../dataset.js';
import { evaluate, type Metrics, type ModelMetrics } from '../evaluation.js';
import { type Logger, logToFile } from '../logger.js';
import { createPipeline } from '../processing.js';
import { resultTable } from '../result-table.js';
import { type DataRecord, trainingRecord } from '../training-record.js';

/** Labelled rows of one side of the split. */
interface Part {
  readonly x: Table;
  readonly y: Labels;
}

interface TrainedModel {
  readonly model: FittedPipeline;
  readonly metrics: ModelMetrics;
}

/**
 * Trains every model of the configuration, and writes the models, their metrics and a sample of the test rows. Nothing
 * is written before the data is known to be good, and no result before all are there.
 *
 * @returns what to show a user: a table of results, and where everything was written.
 */
export async function train(config: Config, logger: Logger): Promise<string> {
  const { folder, sample, log } = config.output;
  const dataset = await loadDataset(config.data);
  const rows = trainTestSplit(dataset.labels, { testSize: config.split.testSize, seed: config.seed });
  const trainPart = partOf(dataset, rows.train);
  const testPart = partOf(dataset, rows.test);
  const sampled = sampleRows(testPart.y, sample.rows, config.seed).map((row) => rows.test[row]);

  await logToFile(logger, join(folder, log));
  logger.info(describeDataset(dataset, trainPart, testPart, config));

  const trained = new Map<string, TrainedModel>();
  for (const name of Object.keys(config.models)) {
    trained.set(name, trainModel(name, trainPart, testPart, config, logger));
  }

  const data = await dataRecord(config.data.file, dataset);
  for (const [name, { model, metrics }] of trained) {
    await saveModel(modelFile(folder, name), model, trainingRecord(config, name, data, metrics.test));
  }
  const metrics = metricsOf(trained);
  await writeFileAtomic(metricsFile(folder), `${JSON.stringify(metrics, null, 2)}\n`);
  await writeCsv(join(folder, sample.file), takeRecords(dataset.records, sampled));

  const written = [
    ...[...trained.keys()].map((name) => ['model', modelFile(folder, name)]),
    ['metrics', metricsFile(folder)],
    [`sample of ${sampled.length} customers`, join(folder, sample.file)],
    ['log', join(folder, log)],
  ];
  logger.info(`wrote ${written.map(([, file]) => file).join(', ')}`);
  return `${resultTable(metrics)}\n\n${written.map(([what, file]) => `${what}: ${file}`).join('\n')}`;
}

/** Where a training run writes a model. */
export function modelFile(folder: string, name: string): string {
  return join(folder, 'models', `${name}.model.json`);
}

/** Where a training run writes its metrics. */
export function metricsFile(folder: string): string {
  return join(folder, 'metrics.json');
}

function trainModel(name: string, { x, y }: Part, test: Part, config: Config, logger: Logger): TrainedModel {
  const started = performance.now();
  const warn = (message: string) => logger.warn(`${name}: ${message}`);
  const pipeline = createPipeline(config.processing, config.models[name], config.seed, warn);
  const { crossValidation, seed } = config;
  const scores =
    crossValidation &&
    crossValScore(pipeline, x, y, {
      cv: new StratifiedKFold({ nSplits: crossValidation.folds, shuffle: true, seed }),
    });
  const model = pipeline.fit(x, y);
  const metrics: ModelMetrics = {
    ...(scores && { cv: { rocAuc: mean(scores) } }),
    test: evaluate(model, test.x, test.y),
  };
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  logger.info(`${name}: test ROC AUC ${metrics.test.rocAuc.toFixed(4)}, in ${seconds} s`);
  return { model, metrics };
}

function metricsOf(trained: ReadonlyMap<string, TrainedModel>): Metrics {
  const models = Object.fromEntries(Array.from(trained, ([name, { metrics }]) => [name, metrics]));
  const score = ({ cv, test }: ModelMetrics) => cv?.rocAuc ?? test.rocAuc;
  const [best] = Object.keys(models).sort((a, b) => score(models[b]) - score(models[a]));
  return { models, best };
}

function partOf({ features, labels }: Dataset, rows: Int32Array): Part {
  return { x: features.take(rows), y: labels.take(rows) };
}

/** Rows of `y` with the share of each class kept; all of them where there are no more than asked for. */
function sampleRows(y: Labels, size: number, seed: number): number[] {
  if (size >= y.length) return [...y.codes.keys()];
  return [...trainTestSplit(y, { testSize: size, seed }).test];
}

async function dataRecord(file: string, { labels }: Dataset): Promise<DataRecord> {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return { file: basename(file), sha256, rows: labels.length, negative: String(labels.classes[0]) };
}

function describeDataset(dataset: Dataset, train: Part, test: Part, { data }: Config): string {
  const { labels, features, duplicates } = dataset;
  const share = ((100 * labels.counts()[1]) / labels.length).toFixed(1);
  const without = duplicates > 0 ? ` without ${duplicates} duplicates` : '';
  return (
    `${data.file}: ${labels.length} rows${without}, ${features.names.length} columns to learn from, ` +
    `${share}% "${data.positive}"; ${train.y.length} rows for training, ${test.y.length} for the test`
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
