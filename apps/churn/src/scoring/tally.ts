import type { RejectedRow } from '@churn/io';
import { type HighRow, highestOf, type ScoredPart } from './score-part.js';
import { WarningTotals } from './warning-totals.js';

/** How many rejected rows are told one by one where no file takes them. */
export const TOLD = 5;

/** What scoring has seen so far. */
export class Tally {
  scored = 0;
  /** How many rows each class was called for. */
  readonly called: number[];
  readonly rejected = { count: 0, first: [] as RejectedRow[] };
  highest: readonly HighRow[] = [];
  readonly warnings = new WarningTotals();

  /** @param nClasses how many classes the model distinguish; none if it predicts values. */
  constructor(nClasses: number) {
    this.called = new Array(nClasses).fill(0);
  }

  /** Adds the outcome of later rows. */
  add({ scored, called, rejected, highest, warnings }: Omit<ScoredPart, 'output'>): void {
    this.#count(scored, called, warnings);
    this.rejected.count += rejected.length;
    this.rejected.first.push(...rejected.slice(0, TOLD - this.rejected.first.length));
    this.highest = highestOf([...this.highest, ...highest]);
  }

  /** Adds the counts of another input, whose rows are not told one by one. */
  merge({ scored, called, rejected, warnings }: Tally): void {
    this.#count(scored, called, warnings);
    this.rejected.count += rejected.count;
  }

  #count(scored: number, called: readonly number[], warnings: Pick<WarningTotals, 'rows' | 'all'>): void {
    this.scored += scored;
    called.forEach((rows, code) => {
      this.called[code] += rows;
    });
    this.warnings.merge(warnings);
  }
}

/** What scoring has seen, for programs. @param classes those that rows are called; none where values are predicted. */
export function scoredFigures(classes: readonly string[], { scored, called, rejected, warnings }: Tally) {
  return {
    scored,
    rejected: rejected.count,
    ...(classes.length > 0 && {
      predicted: classes.map((label, code) => ({ label, rows: called[code] })),
    }),
    warnings: warnings.all,
  };
}
