import { setImmediate } from 'node:timers/promises';
import { isolateFaults } from '@churn/core';
import type { RejectedRow, RowBatch } from '@churn/io';
import type { Explanation } from '../explanation/explain-row.js';
import type { Explainer } from '../explanation/explainer.js';
import { faultText } from './fault-text.js';
import type { ScoringModel } from './scoring-model.js';

/** What a model says of the rows of a batch that it can work with. */
export interface ScoredBatch {
  /** These rows, as their places in the table. */
  readonly rows: Int32Array;
  /** Of each class, a number for each of these rows. */
  readonly probabilities: readonly Float64Array[];
  /** Of each of these rows; none without an explainer. */
  readonly explanations: readonly Explanation[];
  /** All rows of the batch that cannot be scored, in their order. */
  readonly rejected: readonly RejectedRow[];
}

/** Explaining a row costs as much as scoring a hundred: between as many, a signal is heard. */
const EXPLAINED_AT_ONCE = 500;

/** Scores, and with an explainer explains, the rows of a batch. One that cannot be is rejected, and the others are not. */
export async function scoreBatch(
  { model }: Pick<ScoringModel, 'model'>,
  batch: RowBatch,
  explainer?: Explainer,
): Promise<ScoredBatch> {
  const { table, lines } = batch;
  if (!explainer || table.nRows <= EXPLAINED_AT_ONCE) return scoreAtOnce(model, batch, explainer);
  const parts: ScoredBatch[] = [];
  for (let start = 0; start < table.nRows; start += EXPLAINED_AT_ONCE) {
    const places = Int32Array.from(
      { length: Math.min(EXPLAINED_AT_ONCE, table.nRows - start) },
      (_, i) => start + i,
    );
    const part = {
      table: table.take(places),
      lines: Array.from(places, (place) => lines[place]),
      rejected: start === 0 ? batch.rejected : [],
      text: (row: number) => batch.text(start + row),
    };
    const scored = scoreAtOnce(model, part, explainer);
    parts.push({ ...scored, rows: scored.rows.map((row) => start + row) });
    await setImmediate();
  }
  return {
    rows: Int32Array.from(parts.flatMap(({ rows }) => Array.from(rows))),
    probabilities: parts[0].probabilities.map((_, code) =>
      Float64Array.from(parts.flatMap(({ probabilities }) => Array.from(probabilities[code]))),
    ),
    explanations: parts.flatMap(({ explanations }) => explanations),
    rejected: parts.flatMap(({ rejected }) => rejected).sort((a, b) => a.line - b.line),
  };
}

function scoreAtOnce(
  model: ScoringModel['model'],
  batch: Pick<RowBatch, 'table' | 'lines' | 'rejected' | 'text'>,
  explainer: Explainer | undefined,
): ScoredBatch {
  const { rows, result, faults } = isolateFaults(batch.table, (table) => {
    const probabilities = model.predictProba(table);
    return { probabilities, explanations: explainer?.(table, probabilities) ?? [] };
  });
  const failed = faults.map(
    (fault): RejectedRow => ({
      line: batch.lines[fault.row],
      reason: faultText(fault),
      row: batch.text(fault.row),
    }),
  );
  const rejected =
    failed.length > 0 ? [...batch.rejected, ...failed].sort((a, b) => a.line - b.line) : batch.rejected;
  return { rows, ...result, rejected };
}
