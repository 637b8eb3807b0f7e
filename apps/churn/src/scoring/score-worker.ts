import { ChurnError, type Column, type ErrorCode, Table } from '@churn/core';
import { Piscina } from 'piscina';
import { createExplainer, type Explainer } from '../explanation/explainer.js';
import { REASONS } from './prediction-columns.js';
import { type ScoredRows, scoreRows } from './score-rows.js';
import { loadScoringModel, type ScoringModel } from './scoring-model.js';

/** Rows as threads send them to each other. */
export interface SentRows {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
}

/** An error of the user's: threads carry the message of an error, and nothing else of it. */
export interface ScoreFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

let loaded: Promise<{ model: ScoringModel['model']; explainer: Explainer }> | undefined;

/** Scores and explains rows with the model that this thread was started for. */
export default async function scoreSent({ columns, nRows }: SentRows): Promise<ScoredRows | ScoreFailure> {
  try {
    loaded ??= load(Piscina.workerData.modelFile);
    const { model, explainer } = await loaded;
    return scoreRows(model, Table.fromColumns(columns, nRows), explainer);
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message } = error;
    return { code, message };
  }
}

async function load(modelFile: string) {
  const { model } = await loadScoringModel(modelFile);
  return { model, explainer: createExplainer(model, REASONS) };
}
