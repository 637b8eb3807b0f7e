import { ChurnError, type Column } from '@churn/core';
import { type DatasetSchema, quoted, type RejectedRow, type RowBatch } from '@churn/io';
import { answersOf } from '../scoring/answers.js';
import { type ScoreOptions, scoreBatch } from '../scoring/score-batch.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';
import { monitoredPredictions } from './monitored-predictions.js';

/** Rows of an input with the model's predictions, as plain data that threads can exchange. */
export interface MonitoredPart {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
  /** The line of each row in the input. */
  readonly lines: ArrayLike<number>;
  /** The indices of rows with a score. */
  readonly rows: Int32Array;
  /** An array per class, horizon or value, with a number for each of these rows. */
  readonly predictions: readonly Float64Array[];
  /** The rows that could not be read or scored; the latter are included in the columns. */
  readonly rejected: readonly Pick<RejectedRow, 'line' | 'reason'>[];
}

/** The settings that a thread needs to read a part. */
export interface MonitoredColumns {
  /** Columns besides those of the model. */
  readonly others: DatasetSchema;
  /** Whether to take the model's predictions from the input. */
  readonly isScored: boolean;
  /** The name of the input. */
  readonly input: string;
}

/** The reading of the rows of an input. */
export function monitoredModel(
  scoring: AnyScoringModel,
  { others, isScored }: Pick<MonitoredColumns, 'others' | 'isScored'>,
): AnyScoringModel {
  const scores: DatasetSchema = isScored ? givenNames(scoring).map(numeric) : [];
  const known = new Set(scoring.schema.map(({ name }) => name));
  const added = [...others, ...scores].filter(({ name }) => !known.has(name));
  return { ...scoring, schema: [...scoring.schema, ...added] };
}

/** Returns a function that scores the rows of a batch, unless they are already scored. */
export function partMonitor(
  scoring: AnyScoringModel,
  { isScored, input }: Pick<MonitoredColumns, 'isScored' | 'input'>,
): (batch: RowBatch, options?: ScoreOptions) => Promise<MonitoredPart> {
  return async (batch, options) => {
    const { table, lines } = batch;
    const scored = isScored
      ? { ...givenScores(batch, scoring, input), rejected: batch.rejected }
      : await scoresOf(scoring, batch, options);
    const { rows, predictions, rejected } = scored;
    return {
      columns: Array.from(table.entries()),
      nRows: table.nRows,
      lines,
      rows,
      predictions,
      rejected: rejected.map(({ line, reason }) => ({ line, reason })),
    };
  };
}

async function scoresOf(
  scoring: AnyScoringModel,
  batch: RowBatch,
  options?: ScoreOptions,
): Promise<Pick<MonitoredPart, 'rows' | 'predictions'> & Pick<RowBatch, 'rejected'>> {
  const { predictions, ...scored } = await scoreBatch(scoring, batch, options);
  return { ...scored, predictions: monitoredPredictions(scoring, predictions) };
}

function givenScores(
  { table, lines }: Pick<RowBatch, 'table' | 'lines'>,
  scoring: AnyScoringModel,
  input: string,
): Pick<MonitoredPart, 'rows' | 'predictions'> {
  const names = givenNames(scoring);
  const isValue = scoring.task === 'value';
  const isOne = isValue ? Number.isFinite : (value: number) => value >= 0 && value <= 1;
  const columns = names.map((name) => table.numeric(name));
  const rows: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    const values = columns.map((column) => column[row]);
    if (values.some(Number.isNaN)) continue;
    const wrong = values.findIndex((value) => !isOne(value));
    if (wrong >= 0) {
      throw new ChurnError(
        'invalid-data',
        `${input}, line ${lines[row]}, column ${quoted(names[wrong])}: expected ${isValue ? 'a finite number' : 'a probability from 0 to 1'}, got ${values[wrong]}`,
      );
    }
    rows.push(row);
  }
  const places = Int32Array.from(rows);
  const predictions = columns.map((column) => Float64Array.from(places, (row) => column[row]));
  const [positive] = predictions;
  return {
    rows: places,
    predictions: isOfTwo(scoring) ? [positive.map((p) => 1 - p), positive] : predictions,
  };
}

/** The names of the monitored columns that scoring adds: for two classes, the probability of the second; for more, that of each. */
function givenNames(scoring: AnyScoringModel): readonly string[] {
  const names = answersOf(scoring).columns.map(({ name }) => name);
  if (scoring.task === 'survival') return monitoredPredictions(scoring, names);
  return scoring.task === 'value' || isOfTwo(scoring) ? names.slice(0, 1) : names.slice(1);
}

function isOfTwo(scoring: AnyScoringModel): boolean {
  return scoring.task === 'classes' && scoring.classes.length === 2;
}

function numeric(name: string) {
  return { name, kind: 'numeric' as const };
}
