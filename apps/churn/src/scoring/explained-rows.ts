import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Table } from '@churn/core';
import { explainerOf } from '../explanation/explainer.js';
import { REASONS } from './prediction-columns.js';
import { ScorePool } from './score-pool.js';
import { type ScoredRows, scoreRows } from './score-rows.js';
import type { SentRows } from './score-worker.js';
import type { AnyScoringModel } from './scoring-model.js';

/** The size of a model file in bytes, and the number of rows, from which explaining on threads pays. */
const LARGE_MODEL = 2 ** 20;
const MANY_ROWS = 1000;
/** The limits of rows explained at a time: larger batches are faster, smaller ones respond to signals sooner. */
const LEAST_ROWS = 500;
const MAX_ROWS = 2000;

/** Explains rows, on threads if that pays; the result does not depend on their number. */
export interface RowExplanations {
  /** The number of rows to pass at a time, given their total. */
  partSize(nRows: number): number;
  score(rows: Table): Promise<ScoredRows>;
  close(): Promise<void>;
}

/** @param modelFile the file of the model. */
export async function explainRows(scoring: AnyScoringModel, modelFile: string): Promise<RowExplanations> {
  const nThreads = availableParallelism();
  const isSlow = nThreads > 1 && (await stat(modelFile)).size >= LARGE_MODEL;
  const explainer = explainerOf(scoring.model, REASONS);
  let pool: ScorePool<SentRows, ScoredRows> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  return {
    partSize(nRows) {
      if (!isSlow || nRows < MANY_ROWS) return LEAST_ROWS;
      pool ??= new ScorePool('score-worker', modelFile);
      return Math.min(Math.max(Math.ceil(nRows / nThreads), LEAST_ROWS), MAX_ROWS);
    },
    async score(rows) {
      if (!pool) {
        // Sequentially, so that signals are handled in between.
        const scored = before.then(() => setImmediate()).then(() => scoreRows(scoring, rows, explainer));
        before = scored.catch(() => undefined);
        return scored;
      }
      return pool.run({ columns: Array.from(rows.entries()), nRows: rows.nRows, isExplained: true });
    },
    async close() {
      await pool?.close();
    },
  };
}
