import { ChurnError, FittedPipeline, type JsonObject, Labels, summaryOf } from '@churn/core';
import type { ImportOptions } from '@churn/exchange';
import { decodeUtf8, readBytes, saveModel } from '@churn/io';
import type { TreeEnsembleClassifier } from '@churn/models';
import type { Config } from '../config/config.js';
import { classesFor, type ForeignFile, foreignModel, readForeignFile } from '../importing/foreign-model.js';
import { importData, levelsIn } from '../importing/import-data.js';
import type { Library } from '../importing/libraries.js';
import { trainingRecord } from '../model/training-record.js';
import { classTask } from '../task/class-task.js';
import type { Logger } from '../terminal/logger.js';
import type { Outcome } from '../terminal/outcome.js';
import { byGroupOf, decideModels } from '../training/decide.js';
import { evaluateModels, scoreOfTest } from '../training/evaluate.js';
import { columnWarnings } from '../training/learned-columns.js';
import { modelReferences } from '../training/model-reference.js';
import { splitData } from '../training/split.js';

/** Information about a model that its file lacks. */
export interface ImportSettings {
  readonly from?: Library;
  readonly output: string;
  readonly classes?: readonly string[];
  readonly features?: readonly string[];
  /** A JSON file with the levels of categories, by column name. */
  readonly levels?: string;
}

/**
 * Converts trees trained by another library to a model file. With labelled rows, it adds a threshold by the rule of the configuration, test
 * metrics and a reference for monitoring; without them, it only converts the model.
 *
 * @param config the configuration of the labelled rows, if there are any.
 * @returns a description of the model, with its metrics if there are rows.
 */
export async function importModel(
  file: string,
  settings: ImportSettings,
  config: Config | undefined,
  logger: Logger,
): Promise<Outcome> {
  const { output, classes, features } = settings;
  const foreign = await readForeignFile(file, settings.from);
  const levels = settings.levels
    ? await readLevels(settings.levels)
    : config && foreign.library === 'catboost'
      ? await levelsIn(config)
      : undefined;
  const options: ImportOptions = { features, levels };
  if (!config) {
    const model = classifierOf(foreign, { ...options, classes });
    await saveModel(output, new FittedPipeline(model.schema, [], model), {});
    return {
      text: `${describe(foreign, model)}\nmodel: ${output}, without a threshold or a monitoring reference; pass --data for both`,
      ...importResult(output, foreign, model),
    };
  }
  const first = classifierOf(foreign, options);
  const read = await importData(first.schema, config);
  for (const warning of columnWarnings(read.columns)) logger.warn(warning);
  const named = classesFor(file, first.classes, read.y.classes, classes);
  const [, second] = read.y.classes;
  const positive = named.length === 2 ? String(second) : undefined;
  const model = classifierOf(foreign, { ...options, classes: named, positive });
  const data = { ...read, y: inOrder(read.y, model.classes.map(String)) };
  const pipeline = new FittedPipeline(
    model.schema,
    [],
    model,
    summaryOf(data.features.select(model.features)),
  );
  // The model takes the columns as they are.
  const processing = { ...config.processing, mappings: {} };
  const split = splitData(classTask, data, { ...config, processing });
  const chosen = {
    name: 'imported',
    made: { members: [] },
    parameters: parametersOf(foreign, model),
    candidates: 1,
    scores: {},
    predictions: pipeline.predictProba(split.train.x),
    fitSeconds: 0,
    pipeline,
  };
  const decided = decideModels([chosen], split.train, config);
  // Nothing was fitted whose time could be logged.
  const evaluated = evaluateModels(decided, split.test, config, { info: () => undefined });
  const [{ pipeline: final, threshold, groupThresholds, evaluation }] = evaluated;
  const score = scoreOfTest(evaluated[0], split.test.y);
  const [reference] = modelReferences(classTask, [{ pipeline: final, score }], data, split, config);
  const test = { ...evaluation.metrics };
  await saveModel(
    output,
    byGroupOf(evaluated[0]) ?? final,
    trainingRecord(config, data, { parameters: chosen.parameters, test }, reference),
  );
  const { rocAuc, logLoss, f1 } = evaluation.metrics;
  const text = [
    describe(foreign, model),
    `of ${data.y.length} labelled rows, ${split.train.y.length} for the threshold and ${split.test.y.length} for testing`,
    `test ROC AUC ${rocAuc.toFixed(4)}, log loss ${logLoss.toFixed(4)}, F1 ${f1.toFixed(4)}`,
    threshold
      ? `threshold: ${threshold.threshold}${groupThresholds ? `, and its own for the groups of ${groupThresholds.by}` : ''}`
      : 'threshold: none, the more likely class is predicted',
    `model: ${output}`,
  ].join('\n');
  return { text, ...importResult(output, foreign, model, { threshold: threshold?.threshold ?? null, test }) };
}

/** The result as JSON. */
function importResult(
  output: string,
  { library }: ForeignFile,
  { classes, features, parts }: TreeEnsembleClassifier,
  more: object = {},
): Pick<Outcome, 'files' | 'figures'> {
  const trees = parts.ensemble.parts.trees.length;
  return {
    files: [{ what: 'model', path: output }],
    figures: { library, trees, columns: features.length, classes, ...more },
  };
}

/** @throws `unsupported` if it is no classifier. */
function classifierOf(foreign: ForeignFile, options: ImportOptions): TreeEnsembleClassifier {
  const model = foreignModel(foreign, options);
  if (model.role === 'classifier') return model;
  throw new ChurnError(
    'unsupported',
    `${foreign.file}: churn import needs a classification model, got a regression model`,
  );
}

/** The labels, with the classes in the order of a model. */
function inOrder(labels: Labels, classes: readonly string[]): Labels {
  return Labels.from(
    Array.from(labels.codes, (code) => String(labels.classes[code])),
    classes,
  );
}

function parametersOf({ library }: ForeignFile, model: TreeEnsembleClassifier): JsonObject {
  const { parts } = model.parts.ensemble;
  return { type: model.type, library, trees: parts.trees.length, link: model.parts.link };
}

function describe({ library }: ForeignFile, { classes, features, parts }: TreeEnsembleClassifier): string {
  const nTrees = parts.ensemble.parts.trees.length;
  return `${library}: ${nTrees} trees of ${features.length} columns, classes ${classes.join(', ')}`;
}

/** @throws `invalid-file` if it does not have a list of texts per name. */
async function readLevels(file: string): Promise<Record<string, readonly string[]>> {
  const text = decodeUtf8(await readBytes(file), file);
  let received = 'text that is not JSON';
  try {
    const parsed: unknown = JSON.parse(text);
    received = 'other JSON';
    const isList = (levels: unknown) =>
      Array.isArray(levels) && levels.every((level) => typeof level === 'string');
    if (typeof parsed === 'object' && parsed !== null && Object.values(parsed).every(isList)) {
      return parsed as Record<string, readonly string[]>;
    }
  } catch {
    // The same message as for JSON of another shape.
  }
  throw new ChurnError(
    'invalid-file',
    `--levels ${file}: expected JSON with a list of levels by column name, got ${received}`,
  );
}
