import type { CategoryColumn, RowFault } from '@churn/core';
import { parseIsoDate } from '@churn/transforms';

/** A value that does not fit its column. */
export interface Misfit {
  readonly column: string;
  /** What was expected, and what came. */
  readonly detail: string;
}

/** What does not fit of a row, in one line. */
export function misfitText(misfits: readonly Misfit[]): string {
  return misfits.map(({ column, detail }) => `column "${column}": ${detail}`).join('; ');
}

/** Why a row cannot be scored, in one line. */
export function faultText({ column, detail }: Pick<RowFault, 'column' | 'detail'>): string {
  return column === undefined ? detail : misfitText([{ column, detail }]);
}

/** What is wrong with a text that must be a date. */
export function misfitDate(text: string): string | undefined {
  if (parseIsoDate(text) !== undefined) return undefined;
  return `expected a date such as 2024-02-29, got ${JSON.stringify(text)}`;
}

/** The rows of a column of dates whose text is none. */
export function misfitDates({ codes, levels }: Pick<CategoryColumn, 'codes' | 'levels'>): {
  readonly row: number;
  readonly detail: string;
}[] {
  const amiss = levels.map(misfitDate);
  return Array.from(codes).flatMap((code, row) => {
    const detail = amiss[code];
    return detail === undefined ? [] : [{ row, detail }];
  });
}
