import { columnLength, countMissing } from '@churn/core';
import type { ConvertedRecords } from './convert-records.js';
import type { InvalidCell } from './invalid-value.js';
import { TEXT } from './kind.js';
import { invalidValueViolations, type Violation } from './violation.js';

export interface InvalidValuesOptions {
  /**
   * What becomes of values that do not fit their columns: an `error`, the default, or a `missing` value in their places. Where more than one
   * in ten of the values of a column do not fit, they are an error in any case.
   */
  readonly invalidValues?: 'error' | 'missing';
}

/** What becomes of misfits. */
export interface SettledInvalidValues {
  /** Those that are an error, one violation per column and what it expects. */
  readonly refused: readonly Violation[];
  /** Those that are read as missing, in the same way. */
  readonly missing: readonly Violation[];
  /** What a user can do about those refused. */
  readonly note: string;
}

export const MAX_INVALID_SHARE = 0.1;

const LIST = 'to have such values read as missing, list them in "missing" of the column';

export function settleInvalidValues(
  { table, invalidValues }: Pick<ConvertedRecords, 'table' | 'invalidValues'>,
  lines: ArrayLike<number>,
  { invalidValues: policy = 'error' }: InvalidValuesOptions,
): SettledInvalidValues {
  const byColumn = new Map<string, InvalidCell[]>();
  for (const invalidValue of invalidValues) {
    const others = byColumn.get(invalidValue.column);
    if (others) others.push(invalidValue);
    else byColumn.set(invalidValue.column, [invalidValue]);
  }
  const refused: Violation[] = [];
  const missing: Violation[] = [];
  let note = '';
  for (const [name, own] of byColumn) {
    const column = table.column(name);
    const fits = columnLength(column) - countMissing(column);
    const isMany = own.length > MAX_INVALID_SHARE * (own.length + fits);
    if (policy === 'missing' && !isMany) {
      missing.push(...invalidValueViolations(own, lines));
      continue;
    }
    refused.push(...invalidValueViolations(own, lines));
    if (own.some(({ expected }) => expected !== TEXT))
      note ||= isMany ? LIST : `${LIST}, or set invalidValues to "missing"`;
  }
  return { refused, missing, note };
}
