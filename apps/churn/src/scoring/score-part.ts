import type { RejectedRow, RowBatch } from '@churn/io';
import { answersOf } from './answers.js';
import { REASONS } from './prediction-columns.js';
import { rejectBroken } from './reject-broken.js';
import { type RowWarning, rowWarnings } from './row-warnings.js';
import type { RulesMode } from './rules-mode.js';
import { type ScoreOptions, scoreBatch } from './score-batch.js';
import type { AnyScoringModel } from './scoring-model.js';
import { type WarningTotal, WarningTotals } from './warning-totals.js';

/** The number of highest rows to report. */
const SHOWN = 5;

/** A row with its reported probability or value. */
export interface HighRow {
  readonly line: number;
  readonly value: number;
}

/** The result for a part of an input, as plain data that threads can exchange. */
export interface ScoredPart {
  /** The rows that were scored, in the format of the input. */
  readonly output: string | Uint8Array;
  readonly rejected: readonly RejectedRow[];
  /** The CSV delimiter. */
  readonly delimiter?: string | undefined;
  readonly scored: number;
  /** The number of rows predicted as each class. */
  readonly called: readonly number[];
  /** The rows with the highest probability or value. */
  readonly highest: readonly HighRow[];
  readonly warnings: { readonly rows: number; readonly all: readonly WarningTotal[] };
}

/** Scores a part of an input. */
export type PartScorer = (batch: RowBatch, options?: ScoreOptions) => Promise<ScoredPart>;

export function partScorer(scoring: AnyScoringModel, rules: RulesMode): PartScorer {
  const judge = rowWarnings(scoring);
  const answers = answersOf(scoring);
  return async (read, { turn, ...options } = {}) => {
    const batch = rules === 'reject' ? rejectBroken(read, judge) : read;
    const scored = await scoreBatch(scoring, batch, options);
    const { rows, explanations, rejected } = scored;
    const { cells, called, rank } = answers.describe(scored);
    const reasons = Array.from({ length: options.explain ? REASONS : 0 }, (_, i) =>
      explanations.map((each) => each.reasons[i]?.text ?? ''),
    );
    const warnings = judge.ofTable(batch.table);
    const odd: string[] = new Array(rows.length).fill('');
    const totals = new WarningTotals();
    // Most parts have no warnings.
    if (warnings.size > 0) {
      rows.forEach((row, i) => {
        const ofRow = warnings.get(row);
        if (ofRow === undefined) return;
        odd[i] = warningText(ofRow);
        totals.add(ofRow);
      });
    }
    await turn;
    return {
      output: batch.format(rows, [...cells, ...reasons, odd]),
      rejected,
      delimiter: batch.delimiter,
      scored: rows.length,
      called,
      highest: highestIn(rank, (i) => batch.lines[rows[i]]),
      warnings: { rows: totals.rows, all: totals.all },
    };
  };
}

/** The highest rows. */
export function highestOf(rows: readonly HighRow[]): HighRow[] {
  return [...rows].sort((a, b) => b.value - a.value || a.line - b.line).slice(0, SHOWN);
}

function highestIn(rank: Float64Array, lineOf: (row: number) => number): HighRow[] {
  let highest: HighRow[] = [];
  rank.forEach((value, row) => {
    if (highest.length === SHOWN && value <= highest[SHOWN - 1].value) return;
    highest = highestOf([...highest, { line: lineOf(row), value }]);
  });
  return highest;
}

/** The warnings of a row, in one cell. */
function warningText(warnings: readonly RowWarning[]): string {
  return warnings.map(({ text }) => text).join('; ');
}
