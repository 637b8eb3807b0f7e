import type { Table } from '@churn/core';
import type { RejectedRow, RowBatch } from '@churn/io';
import type { RowExplanation } from '../explanation/explain-row.js';
import type { RowExplanations } from './explained-rows.js';
import { faultText } from './fault-text.js';
import type { OtherThreads } from './other-threads.js';
import { type ScoredRows, type Scorer, scoreRows } from './score-rows.js';
import type { SentRows } from './score-worker.js';

/** The predictions for a batch. */
export interface ScoredBatch {
  /** The indices of the scored rows in the table. */
  readonly rows: Int32Array;
  /** The predictions for these rows: an array of probabilities per class, an array of values, or the result of `timesOf`. */
  readonly predictions: readonly Float64Array[];
  /** The predicted class of each of these rows, as an index; `undefined` for other tasks. */
  readonly called?: Int32Array | undefined;
  /** The threshold of each of these rows, if thresholds are by group. */
  readonly thresholds?: Float64Array | undefined;
  /** The decrease of each probability by the treatment, if the model predicts it. */
  readonly uplift?: Float64Array | undefined;
  /** The explanation of each of these rows, if requested. */
  readonly explanations: readonly RowExplanation[];
  /** The rows of the batch that cannot be scored, in order. */
  readonly rejected: readonly RejectedRow[];
}

/** The options of explanations. */
export interface ExplainOptions {
  readonly explanations: RowExplanations;
  /** Called with the number of further rows explained. */
  readonly onRows?: (count: number) => void;
}

/** The options of scoring a batch. */
interface TableOptions {
  /** By default there are no explanations. */
  readonly explain?: ExplainOptions | undefined;
  /** The threads that score; by default only this one. */
  readonly others?: Pick<OtherThreads<SentRows, ScoredRows>, 'run'>;
}

/** The options of scoring. */
export interface ScoreOptions extends TableOptions {
  /** Called before rows are written. */
  readonly turn?: Promise<unknown>;
}

/** Scores, and explains if requested, the rows of a batch. Rows that fail are rejected individually. */
export async function scoreBatch(
  scoring: Scorer,
  batch: RowBatch,
  { explain, others }: TableOptions = {},
): Promise<ScoredBatch> {
  const { table, lines } = batch;
  const { rows, predictions, called, thresholds, uplift, explanations, faults } = explain
    ? await inParts(table, explain)
    : others
      ? await others.run({ columns: Array.from(table.entries()), nRows: table.nRows, isExplained: false })
      : scoreRows(scoring, table);
  const failed = faults.map(
    (fault): RejectedRow => ({
      line: lines[fault.row],
      reason: faultText(fault),
      row: batch.text(fault.row),
    }),
  );
  const rejected =
    failed.length > 0 ? [...batch.rejected, ...failed].sort((a, b) => a.line - b.line) : batch.rejected;
  return { rows, predictions, called, thresholds, uplift, explanations, rejected };
}

async function inParts(table: Table, { explanations, onRows }: ExplainOptions): Promise<ScoredRows> {
  const size = explanations.partSize(table.nRows);
  const starts = Array.from({ length: Math.max(1, Math.ceil(table.nRows / size)) }, (_, i) => i * size);
  const parts = await Promise.all(
    starts.map(async (start) => {
      const nRows = Math.min(size, table.nRows - start);
      const scored = await explanations.score(
        table.take(Int32Array.from({ length: nRows }, (_, i) => start + i)),
      );
      onRows?.(nRows);
      return { ...scored, start };
    }),
  );
  const together = (of: (part: ScoredRows) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => Array.from(of(part))));
  return {
    rows: Int32Array.from(parts.flatMap(({ rows, start }) => Array.from(rows, (row) => start + row))),
    predictions: parts[0].predictions.map((_, code) => together(({ predictions }) => predictions[code])),
    ...(parts[0].called && {
      called: Int32Array.from(parts.flatMap(({ called = [] }) => Array.from(called))),
    }),
    ...(parts[0].thresholds && { thresholds: together(({ thresholds }) => thresholds as Float64Array) }),
    ...(parts[0].uplift && { uplift: together(({ uplift }) => uplift as Float64Array) }),
    explanations: parts.flatMap((part) => part.explanations),
    faults: parts.flatMap(({ faults, start }) =>
      faults.map((fault) => ({ ...fault, row: start + fault.row })),
    ),
  };
}
