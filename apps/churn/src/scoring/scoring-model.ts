import {
  ChurnError,
  type FittedClassifier,
  type FittedPipeline,
  isPipeline,
  type JsonObject,
} from '@churn/core';
import { type DatasetKind, inFile, loadModel } from '@churn/io';
import { DateParts, type FittedDateParts } from '@churn/transforms';
import { type Decision, decisionAt } from '../decision.js';
import { modelClasses } from '../processing.js';
import { type ScoringRecord, scoringRecord } from '../training-record.js';

/** A saved model, and all that scoring rows with it needs to know. */
export interface ScoringModel extends ScoringRecord {
  readonly model: FittedPipeline<FittedClassifier>;
  /** Of the model file. */
  readonly hash: string;
  /** How the model came to be. */
  readonly training: JsonObject;
  /** The columns that it reads, and what they hold. */
  readonly kinds: ReadonlyMap<string, DatasetKind>;
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
    kinds: kindsOf(model),
    classes: model.classes.map(String),
    decide: decisionAt(record.threshold),
    ...record,
  };
}

function readRecord(file: string, training: JsonObject, nClasses: number): ScoringRecord {
  try {
    return scoringRecord(training, nClasses);
  } catch (error) {
    throw inFile(file, error);
  }
}

/** The kinds of the columns that a model reads, dates known as such. */
function kindsOf({ schema, steps }: FittedPipeline<FittedClassifier>): Map<string, DatasetKind> {
  const dates = new Set(
    steps.flatMap((step) => (step.type === DateParts.type ? (step as FittedDateParts).state.columns : [])),
  );
  return new Map(schema.map(({ name, kind }) => [name, dates.has(name) ? 'date' : kind]));
}
