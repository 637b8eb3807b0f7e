import { columnLength, countMissing } from '@churn/core';
import type { ConvertedRecords } from './convert-records.js';
import type { InvalidCell } from './invalid-value.js';
import { TEXT } from './kind.js';
import { invalidValueViolations, type Violation } from './violation.js';

export interface InvalidValuesOptions {
  /**
   * What to do with invalid values: throw an `error` (default), or read them as `missing`. If more than one in ten values of a column are invalid,
   * it is an error in any case.
   */
  readonly invalidValues?: 'error' | 'missing';
}

/** What was decided for the invalid values. */
export interface SettledInvalidValues {
  /** The invalid values that are errors, one violation per column and expectation. */
  readonly refused: readonly Violation[];
  /** The invalid values that are read as missing, likewise. */
  readonly missing: readonly Violation[];
  /** What a user can do about the errors. */
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
