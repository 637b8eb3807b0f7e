import { ChurnError, type Column } from '@churn/core';
import { type DatasetSchema, quoted, type RejectedRow, type RowBatch } from '@churn/io';
import { predictionColumns } from '../scoring/prediction-columns.js';
import { type ScoreOptions, scoreBatch } from '../scoring/score-batch.js';
import type { ScoringModel } from '../scoring/scoring-model.js';

/** Rows of an input as they were read, and what the model says of them. Plain data, which threads can send to each other. */
export interface MonitoredPart {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
  /** Where each row stands in the input. */
  readonly lines: ArrayLike<number>;
  /** The rows that have a score, as their places. */
  readonly rows: Int32Array;
  /** Of each class, a number for each of these. */
  readonly probabilities: readonly Float64Array[];
  /** Those that could not be read or scored; the latter are among the rows as well. */
  readonly rejected: readonly Pick<RejectedRow, 'line' | 'reason'>[];
}

/** What a thread must know to read a part. */
export interface MonitoredColumns {
  /** Columns besides those of the model. */
  readonly others: DatasetSchema;
  /** Whether the input has the model's probabilities, which are then taken as they are. */
  readonly isScored: boolean;
  /** What the input is called. */
  readonly input: string;
}

/** What the rows of an input are read by. */
export function monitoredModel(
  scoring: ScoringModel,
  { others, isScored }: Pick<MonitoredColumns, 'others' | 'isScored'>,
): ScoringModel {
  const scores: DatasetSchema = isScored ? probabilityNames(scoring).map(numeric) : [];
  const known = new Set(scoring.schema.map(({ name }) => name));
  const added = [...others, ...scores].filter(({ name }) => !known.has(name));
  return { ...scoring, schema: [...scoring.schema, ...added] };
}

/** Has the rows of a batch scored, unless they are already. */
export function partMonitor(
  scoring: ScoringModel,
  { isScored, input }: Pick<MonitoredColumns, 'isScored' | 'input'>,
): (batch: RowBatch, options?: ScoreOptions) => Promise<MonitoredPart> {
  return async (batch, options) => {
    const { table, lines } = batch;
    const scored = isScored
      ? { ...givenScores(batch, scoring, input), rejected: batch.rejected }
      : await scoresOf(scoring, batch, options);
    const { rows, probabilities, rejected } = scored;
    return {
      columns: Array.from(table.entries()),
      nRows: table.nRows,
      lines,
      rows,
      probabilities,
      rejected: rejected.map(({ line, reason }) => ({ line, reason })),
    };
  };
}

async function scoresOf(
  scoring: ScoringModel,
  batch: RowBatch,
  options?: ScoreOptions,
): Promise<Pick<MonitoredPart, 'rows' | 'probabilities'> & Pick<RowBatch, 'rejected'>> {
  const { predictions, ...scored } = await scoreBatch(scoring, batch, options);
  return { ...scored, probabilities: predictions };
}

function givenScores(
  { table, lines }: Pick<RowBatch, 'table' | 'lines'>,
  scoring: ScoringModel,
  input: string,
): Pick<MonitoredPart, 'rows' | 'probabilities'> {
  const names = probabilityNames(scoring);
  const columns = names.map((name) => table.numeric(name));
  const rows: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    const values = columns.map((column) => column[row]);
    if (values.some(Number.isNaN)) continue;
    const wrong = values.findIndex((value) => !(value >= 0 && value <= 1));
    if (wrong >= 0) {
      throw new ChurnError(
        'invalid-data',
        `${input}, line ${lines[row]}, column ${quoted(names[wrong])}: expected a probability from 0 to 1, got ${values[wrong]}`,
      );
    }
    rows.push(row);
  }
  const places = Int32Array.from(rows);
  const probabilities = columns.map((column) => Float64Array.from(places, (row) => column[row]));
  const [positive] = probabilities;
  return {
    rows: places,
    probabilities: scoring.classes.length === 2 ? [positive.map((p) => 1 - p), positive] : probabilities,
  };
}

/** The columns of probabilities that scoring adds: of two classes that of the second alone. */
function probabilityNames(scoring: Pick<ScoringModel, 'classes' | 'predicts'>): string[] {
  const [first, ...others] = predictionColumns(scoring).map(({ name }) => name);
  return scoring.classes.length === 2 ? [first] : others;
}

function numeric(name: string) {
  return { name, kind: 'numeric' as const };
}
