import type { RejectedRow, RowBatch } from '@churn/io';
import { toldProbabilities } from '../model/decision.js';
import { predictionCells, REASONS } from './prediction-columns.js';
import { type RulesMode, rejectBroken } from './reject-broken.js';
import { type RowWarning, rowWarnings } from './row-warnings.js';
import { type ScoreOptions, scoreBatch } from './score-batch.js';
import type { ScoringModel } from './scoring-model.js';
import { type WarningTotal, WarningTotals } from './warning-totals.js';

/** How many of the likeliest rows are told. */
const SHOWN = 5;

/** A row, and the probability that it is told. */
export interface LikelyRow {
  readonly line: number;
  readonly probability: number;
}

/** What came of some rows of an input. Plain data, which threads can send to each other. */
export interface ScoredPart {
  /** The rows that were scored, in the format of the input. */
  readonly output: string | Uint8Array;
  readonly rejected: readonly RejectedRow[];
  /** What stands between the fields of CSV. */
  readonly delimiter?: string | undefined;
  readonly scored: number;
  /** How many rows each class was called for. */
  readonly called: readonly number[];
  readonly likeliest: readonly LikelyRow[];
  readonly warnings: { readonly rows: number; readonly all: readonly WarningTotal[] };
}

/** Scores rows as they were read. */
export type PartScorer = (batch: RowBatch, options?: ScoreOptions) => Promise<ScoredPart>;

export function partScorer(scoring: ScoringModel, rules: RulesMode): PartScorer {
  const judge = rowWarnings(scoring);
  return async (read, { turn, ...options } = {}) => {
    const batch = rules === 'reject' ? rejectBroken(read, judge) : read;
    const { rows, probabilities, explanations, rejected } = await scoreBatch(scoring, batch, options);
    const called = scoring.decide(probabilities);
    const reasons = Array.from({ length: options.explain ? REASONS : 0 }, (_, i) =>
      explanations.map((each) => each.reasons[i]?.text ?? ''),
    );
    const warnings = judge.ofTable(batch.table);
    const odd: string[] = new Array(rows.length).fill('');
    const totals = new WarningTotals();
    // Of most parts no row has any.
    if (warnings.size > 0) {
      rows.forEach((row, i) => {
        const ofRow = warnings.get(row);
        if (ofRow === undefined) return;
        odd[i] = warningText(ofRow);
        totals.add(ofRow);
      });
    }
    const counts = scoring.classes.map(() => 0);
    for (const code of called) counts[code]++;
    await turn;
    return {
      output: batch.format(rows, [...predictionCells(scoring, probabilities, called), ...reasons, odd]),
      rejected,
      delimiter: batch.delimiter,
      scored: called.length,
      called: counts,
      likeliest: likeliestIn(toldProbabilities(probabilities), (i) => batch.lines[rows[i]]),
      warnings: { rows: totals.rows, all: totals.all },
    };
  };
}

/** The likeliest of rows. */
export function likeliestOf(rows: readonly LikelyRow[]): LikelyRow[] {
  return [...rows].sort((a, b) => b.probability - a.probability || a.line - b.line).slice(0, SHOWN);
}

function likeliestIn(probabilities: Float64Array, lineOf: (row: number) => number): LikelyRow[] {
  let likeliest: LikelyRow[] = [];
  probabilities.forEach((probability, row) => {
    if (likeliest.length === SHOWN && probability <= likeliest[SHOWN - 1].probability) return;
    likeliest = likeliestOf([...likeliest, { line: lineOf(row), probability }]);
  });
  return likeliest;
}

/** What is odd about a row, in one cell. */
function warningText(warnings: readonly RowWarning[]): string {
  return warnings.map(({ text }) => text).join('; ');
}
