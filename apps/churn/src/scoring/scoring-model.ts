import {
  ChurnError,
  type FittedClassifier,
  type FittedPipeline,
  isPipeline,
  type JsonObject,
  type TableSchema,
} from '@churn/core';
import { loadModel } from '@churn/io';
import { DateParts, type FittedDateParts } from '@churn/transforms';
import { type Decision, decisionAt } from '../decision.js';
import { modelClasses } from '../processing.js';
import { type ScoringRecord, scoringRecord } from '../training-record.js';

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
  readonly decide: Decision;
}

/** @throws what `loadModel` throws; `model-file` where the training record is not one of this application. */
export async function loadScoringModel(file: string): Promise<ScoringModel> {
  const { model, training, hash } = await loadModel(file, modelClasses);
  if (!isPipeline(model)) {
    throw new ChurnError('model-file', `${file}: expected a pipeline, got ${model.type}`);
  }
  const record = readRecord(file, training, model.classes.length);
  return {
    model,
    hash,
    training,
    columns: inputColumns(model),
    classes: model.classes.map(String),
    decide: decisionAt(record.threshold),
    ...record,
  };
}

function readRecord(file: string, training: JsonObject, nClasses: number): ScoringRecord {
  try {
    return scoringRecord(training, nClasses);
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    throw new ChurnError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** The columns that a model reads, dates known as such. */
function inputColumns({ schema, steps }: FittedPipeline<FittedClassifier>): InputColumn[] {
  const dates = new Set(
    steps.flatMap((step) => (step.type === DateParts.type ? (step as FittedDateParts).state.columns : [])),
  );
  return schema.map((column) => ({ ...column, isDate: dates.has(column.name) }));
}
