import type { FittedPipeline, JsonObject, TableSchema } from '@churn/core';
import { loadModel } from '@churn/io';
import { FittedDateParts } from '@churn/transforms';
import { type Decision, decisionAt, thresholdOf } from '../decision.js';
import { modelClasses } from '../processing.js';
import { delimiterOf, missingValuesOf, predictsOf } from '../training-record.js';

/** A column that a model reads. */
export type InputColumn = TableSchema[number] & {
  /** Whether its text must be an ISO date. */
  readonly isDate: boolean;
};

/** A saved model, and all that scoring rows with it needs to know. */
export interface ScoringModel {
  readonly model: FittedPipeline;
  /** Of the model file. */
  readonly hash: string;
  /** How the model came to be. */
  readonly training: JsonObject;
  readonly columns: readonly InputColumn[];
  readonly classes: readonly string[];
  readonly decide: Decision;
  /** The probability from which on a row is called positive, if training chose one. */
  readonly threshold: number | undefined;
  /** The texts that stood for missing values in training. */
  readonly missingValues: readonly string[];
  /** What stands between fields of CSV, in and out. */
  readonly delimiter: string;
  /** What is predicted, as the names of added columns begin. */
  readonly predicts: string;
}

/** @throws what `loadModel` throws. */
export async function loadScoringModel(file: string): Promise<ScoringModel> {
  const { model, training, hash } = await loadModel(file, modelClasses);
  const threshold = thresholdOf(training);
  return {
    model,
    hash,
    training,
    columns: inputColumns(model),
    classes: model.classes.map(String),
    decide: decisionAt(threshold),
    threshold,
    missingValues: missingValuesOf(training),
    delimiter: delimiterOf(training),
    predicts: predictsOf(training),
  };
}

/** The columns that a model reads, dates known as such. */
function inputColumns({ schema, steps }: FittedPipeline): InputColumn[] {
  const dates = new Set(steps.flatMap((step) => (step instanceof FittedDateParts ? step.state.columns : [])));
  return schema.map((column) => ({ ...column, isDate: dates.has(column.name) }));
}
