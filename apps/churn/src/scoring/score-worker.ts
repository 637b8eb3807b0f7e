import { type Column, Table } from '@churn/core';
import { type AnyExplainer, explainerOf } from '../explanation/explainer.js';
import { REASONS } from './prediction-columns.js';
import { orFailure, type ScoreFailure } from './score-pool.js';
import { type ScoredRows, scoreRows } from './score-rows.js';
import { threadModel } from './thread-model.js';

/** Rows as plain data that threads can exchange. */
export interface SentRows {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
  readonly isExplained: boolean;
}

let explainer: AnyExplainer | undefined;

/** Scores rows with the model of this thread, and explains them if requested; without rows, only loads the model. */
export default function scoreSent(rows: SentRows | null): Promise<ScoredRows | ScoreFailure | null> {
  return orFailure(async () => {
    const scoring = await threadModel();
    if (rows === null) return null;
    const { columns, nRows, isExplained } = rows;
    if (isExplained) explainer ??= explainerOf(scoring.model, REASONS);
    return scoreRows(scoring, Table.fromColumns(columns, nRows), isExplained ? explainer : undefined);
  });
}
