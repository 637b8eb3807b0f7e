import type { RowFault } from '@churn/core';
import { brokenRules } from '../scoring/reject-broken.js';
import type { RowWarning } from '../scoring/row-warnings.js';
import { WarningTotals } from '../scoring/warning-totals.js';

/** The warnings of a request, by row, for rows that have any. */
export type RequestWarnings = ReadonlyMap<number, readonly RowWarning[]>;

const NONE: RequestWarnings = new Map();

/** The warnings of a request's only row. */
export function ofOnlyRow(warnings: readonly RowWarning[]): RequestWarnings {
  return warnings.length > 0 ? new Map([[0, warnings]]) : NONE;
}

/** The faults of rows that violate declared rules. */
export function ruleFaults(warnings: RequestWarnings): RowFault[] {
  return [...warnings]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, ofRow]) => brokenRules(ofRow).map((fault) => ({ row, ...fault })));
}

/** The answers with the warnings of each row and by column, if there are any. */
export function withWarnings(key: string, answers: readonly object[], warnings: RequestWarnings): object {
  if (warnings.size === 0) return { [key]: answers };
  const totals = new WarningTotals();
  for (const [, ofRow] of warnings) totals.add(ofRow);
  const predictions = answers.map((answer, row) => {
    const ofRow = warnings.get(row);
    if (!ofRow) return answer;
    return { ...answer, warnings: ofRow.map(({ kind, column, text }) => ({ kind, column, text })) };
  });
  return { [key]: predictions, warnings: totals.all };
}
