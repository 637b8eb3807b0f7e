import { columnLength, countMissing } from '@churn/core';
import type { ConvertedRecords } from './convert-records.js';
import { TEXT } from './kind.js';
import type { RowMisfit } from './misfit.js';
import { misfitViolations, type Violation } from './violation.js';

export interface MisfitOptions {
  /**
   * What becomes of values that do not fit their columns: an `error`, the default, or a `missing` value in their places. Where more than one
   * in ten of the values of a column do not fit, they are an error in any case.
   */
  readonly misfits?: 'error' | 'missing';
}

/** What becomes of misfits. */
export interface SettledMisfits {
  /** Those that are an error, one violation per column and what it expects. */
  readonly refused: readonly Violation[];
  /** Those that are read as missing, in the same way. */
  readonly missing: readonly Violation[];
  /** What a user can do about those refused. */
  readonly note: string;
}

export const MOST_MISFITS = 0.1;

const LIST = 'to have such values read as missing, list them in "missing" of the column';

export function settleMisfits(
  { table, misfits }: Pick<ConvertedRecords, 'table' | 'misfits'>,
  lines: ArrayLike<number>,
  { misfits: policy = 'error' }: MisfitOptions,
): SettledMisfits {
  const byColumn = new Map<string, RowMisfit[]>();
  for (const misfit of misfits) {
    const others = byColumn.get(misfit.column);
    if (others) others.push(misfit);
    else byColumn.set(misfit.column, [misfit]);
  }
  const refused: Violation[] = [];
  const missing: Violation[] = [];
  let note = '';
  for (const [name, own] of byColumn) {
    const column = table.column(name);
    const fits = columnLength(column) - countMissing(column);
    const isMany = own.length > MOST_MISFITS * (own.length + fits);
    if (policy === 'missing' && !isMany) {
      missing.push(...misfitViolations(own, lines));
      continue;
    }
    refused.push(...misfitViolations(own, lines));
    if (own.some(({ expected }) => expected !== TEXT))
      note ||= isMany ? LIST : `${LIST}, or set misfits to "missing"`;
  }
  return { refused, missing, note };
}
