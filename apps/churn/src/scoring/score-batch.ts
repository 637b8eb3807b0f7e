import type { Table } from '@churn/core';
import type { RejectedRow, RowBatch } from '@churn/io';
import type { RowExplanation } from '../explanation/explain-row.js';
import type { RowExplanations } from './explained-rows.js';
import { faultText } from './fault-text.js';
import type { OtherThreads } from './other-threads.js';
import { type ScoredRows, type Scorer, scoreRows } from './score-rows.js';
import type { SentRows } from './score-worker.js';

/** What a model says of the rows of a batch that it can work with. */
export interface ScoredBatch {
  /** These rows, as their places in the table. */
  readonly rows: Int32Array;
  /** For each of these rows its probability of each class, one array per class, or its value, or what `timesOf` gives. */
  readonly predictions: readonly Float64Array[];
  /** What each of these rows is called, as its place among the classes; nothing where there are none. */
  readonly called?: Int32Array | undefined;
  /** From which probability on each of these rows is called, where that goes by its group. */
  readonly thresholds?: Float64Array | undefined;
  /** By how much the treatment lowers the probability of each, where the model tells it. */
  readonly uplift?: Float64Array | undefined;
  /** Of each of these rows; none where they were not asked for. */
  readonly explanations: readonly RowExplanation[];
  /** All rows of the batch that cannot be scored, in their order. */
  readonly rejected: readonly RejectedRow[];
}

/** How the rows of a batch are explained. */
export interface ExplainOptions {
  readonly explanations: RowExplanations;
  /** Is told how many rows more are done. */
  readonly onRows?: (count: number) => void;
}

/** Where, and with what besides, rows are scored. */
interface TableOptions {
  /** Default without explanations. */
  readonly explain?: ExplainOptions | undefined;
  /** The threads that score them; default this one. */
  readonly others?: Pick<OtherThreads<SentRows, ScoredRows>, 'run'>;
}

/** How rows are scored. */
export interface ScoreOptions extends TableOptions {
  /** What is to be done before rows are written. */
  readonly turn?: Promise<unknown>;
}

/** Scores, and where told how explains, the rows of a batch. One that cannot be is rejected, and the others are not. */
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
