import type { RejectedRow } from '@churn/io';
import { RejectionReasons } from './rejection-reasons.js';
import { type HighRow, highestOf, type ScoredPart } from './score-part.js';
import { WarningTotals } from './warning-totals.js';

/** The number of rejected rows reported individually if there is no file for them. */
export const MAX_REJECTED = 5;

/** The counts of scoring so far. */
export class Tally {
  scored = 0;
  /** The number of rows predicted as each class. */
  readonly called: number[];
  readonly rejected = { count: 0, first: [] as RejectedRow[], reasons: new RejectionReasons() };
  highest: readonly HighRow[] = [];
  readonly warnings = new WarningTotals();

  /** @param nClasses the number of classes; 0 for regression and survival. */
  constructor(nClasses: number) {
    this.called = new Array(nClasses).fill(0);
  }

  /** Adds the result for further rows. */
  add({ scored, called, rejected, highest, warnings }: Omit<ScoredPart, 'output'>): void {
    this.#count(scored, called, warnings);
    this.rejected.count += rejected.length;
    this.rejected.first.push(...rejected.slice(0, MAX_REJECTED - this.rejected.first.length));
    for (const { reason } of rejected) this.rejected.reasons.add(reason);
    this.highest = highestOf([...this.highest, ...highest]);
  }

  /** Adds the counts of another input, without its individual rows. */
  merge({ scored, called, rejected, warnings }: Tally): void {
    this.#count(scored, called, warnings);
    this.rejected.count += rejected.count;
    this.rejected.reasons.merge(rejected.reasons);
  }

  #count(scored: number, called: readonly number[], warnings: Pick<WarningTotals, 'rows' | 'all'>): void {
    this.scored += scored;
    called.forEach((rows, code) => {
      this.called[code] += rows;
    });
    this.warnings.merge(warnings);
  }
}

/** The counts as JSON. @param classes the classes; empty for regression and survival. */
export function scoredFigures(classes: readonly string[], { scored, called, rejected, warnings }: Tally) {
  return {
    scored,
    rejected: rejected.count,
    rejectionReasons: rejected.reasons.all,
    ...(classes.length > 0 && {
      predicted: classes.map((label, code) => ({ label, rows: called[code] })),
    }),
    warnings: warnings.all,
  };
}
