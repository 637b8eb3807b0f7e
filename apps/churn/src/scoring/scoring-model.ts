import {
  ChurnError,
  type FittedClassifier,
  type FittedPipeline,
  isPipeline,
  type JsonObject,
  type TableSchema,
} from '@churn/core';
import { loadModel } from '@churn/io';
import { type Decision, decisionOf, withThreshold } from '../model/decision.js';
import { modelClasses } from '../model/processing.js';
import { recordedThreshold, type ScoringRecord, scoringRecord } from '../model/training-record.js';

/** A column that a model reads. */
export type InputColumn = TableSchema[number] & {
  /** Whether its text must be an ISO date. */
  readonly isDate: boolean;
};

/** A saved model, and all that scoring rows with it needs to know. */
export interface ScoringModel extends ScoringRecord {
  readonly model: FittedPipeline<FittedClassifier>;
  /** Of the model file. */
  readonly hash: string;
  /** How the model came to be. */
  readonly training: JsonObject;
  readonly columns: readonly InputColumn[];
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
  const { model, record } = inFile(file, () => ({
    model: deciding(loaded, training),
    record: scoringRecord(training),
  }));
  return {
    model,
    hash,
    training,
    columns: inputColumns(model),
    classes: model.classes.map(String),
    threshold: model.threshold,
    decide: decisionOf(model),
    ...record,
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

function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    throw new ChurnError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** The columns that a model reads, dates known as such. */
function inputColumns({ schema, steps }: FittedPipeline<FittedClassifier>): InputColumn[] {
  const dates = new Set(steps.flatMap((step) => step.dates ?? []));
  return schema.map((column) => ({ ...column, isDate: dates.has(column.name) }));
}
