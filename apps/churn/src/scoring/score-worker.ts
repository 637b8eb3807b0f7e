import { type Column, Table } from '@churn/core';
import { Piscina } from 'piscina';
import { createExplainer, type Explainer } from '../explanation/explainer.js';
import { REASONS } from './prediction-columns.js';
import { orFailure, type ScoreFailure } from './score-pool.js';
import { type ScoredRows, scoreRows } from './score-rows.js';
import { loadScoringModel, type ScoringModel } from './scoring-model.js';

/** Rows as threads send them to each other. */
export interface SentRows {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
}

let loaded: Promise<{ model: ScoringModel['model']; explainer: Explainer }> | undefined;

/** Scores and explains rows with the model that this thread was started for. */
export default function scoreSent({ columns, nRows }: SentRows): Promise<ScoredRows | ScoreFailure> {
  return orFailure(async () => {
    loaded ??= load(Piscina.workerData.modelFile);
    const { model, explainer } = await loaded;
    return scoreRows(model, Table.fromColumns(columns, nRows), explainer);
  });
}

async function load(modelFile: string) {
  const { model } = await loadScoringModel(modelFile);
  return { model, explainer: createExplainer(model, REASONS) };
}
