import {
  ChurnError,
  type FittedClassifier,
  type FittedPipeline,
  isPipeline,
  type JsonObject,
} from '@churn/core';
import { type DatasetSchema, inFile, loadModel } from '@churn/io';
import { type Decision, decisionOf, withThreshold } from '../model/decision.js';
import { modelClasses } from '../model/processing.js';
import { recordedThreshold, type ScoringRecord, scoringRecord } from '../model/training-record.js';

/** A saved model, and all that scoring rows with it needs to know. */
export interface ScoringModel extends ScoringRecord {
  readonly model: FittedPipeline<FittedClassifier>;
  /** Of the model file. */
  readonly hash: string;
  /** How the model came to be. */
  readonly training: JsonObject;
  /** The columns that it reads, how they are written and what was declared of them. */
  readonly schema: DatasetSchema;
  readonly classes: readonly string[];
  /** From which probability on it calls rows positive; without one, it calls the likeliest class. */
  readonly threshold: number | undefined;
  readonly decide: Decision;
}

/** @throws what `loadModel` throws; `model-file` where the training record is not one of this application. */
export async function loadScoringModel(file: string): Promise<ScoringModel> {
  const { model: loaded, training, hash } = await loadModel(file, modelClasses);
  if (!isPipeline(loaded)) {
    throw new ChurnError('model-file', `${file}: expected a pipeline, got ${loaded.type}`);
  }
  const { model, record } = read(file, loaded, training);
  return {
    model,
    hash,
    training,
    classes: model.classes.map(String),
    threshold: model.threshold,
    decide: decisionOf(model),
    ...record,
    schema: schemaFor(model, record),
  };
}

/** The model with its decision, which a file of the first version has in its record. */
function deciding(
  model: FittedPipeline<FittedClassifier>,
  training: JsonObject,
): FittedPipeline<FittedClassifier> {
  const threshold =
    model.threshold === undefined ? recordedThreshold(training, model.classes.length) : undefined;
  return threshold === undefined ? model : withThreshold(model, threshold);
}

/** @throws `model-file`, naming the file, where the training record is not one of this application. */
function read(file: string, loaded: FittedPipeline<FittedClassifier>, training: JsonObject) {
  try {
    return { model: deciding(loaded, training), record: scoringRecord(training) };
  } catch (error) {
    throw inFile(file, error);
  }
}

/** The columns that a model reads, as its training run knew them; of those that it did not, the kinds alone, dates known as such. */
function schemaFor(
  { schema, steps }: FittedPipeline<FittedClassifier>,
  { columns }: Pick<ScoringRecord, 'columns'>,
): DatasetSchema {
  const known = new Map(columns.map((column) => [column.name, column]));
  const dates = new Set(steps.flatMap((step) => step.dates ?? []));
  return schema.map(({ name, kind }) => known.get(name) ?? { name, kind: dates.has(name) ? 'date' : kind });
}
