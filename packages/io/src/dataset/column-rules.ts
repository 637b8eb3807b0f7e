import { canonicalText } from '../text/canonical-text.js';
import { quotedList } from '../text/quoted.js';
import type { DatasetColumn } from './dataset-schema.js';

/** A rule for the single values of a column. */
export interface ColumnRule<Value> {
  /** What is expected, for messages: `0 or more`. */
  readonly expected: string;
  readonly allows: (value: Value) => boolean;
}

/** The rules for the numbers of a column; a missing value (`NaN`) meets them all. */
export function numberRules({ min, max, integer }: DatasetColumn): ColumnRule<number>[] {
  const rules: ColumnRule<number>[] = [];
  if (min !== undefined) rules.push({ expected: `${min} or more`, allows: (value) => !(value < min) });
  if (max !== undefined) rules.push({ expected: `${max} or less`, allows: (value) => !(value > max) });
  if (integer) {
    const allows = (value: number) => Number.isNaN(value) || Number.isInteger(value);
    rules.push({ expected: 'an integer', allows });
  }
  return rules;
}

/** The rules for the categories of a column. */
export function levelRules({ levels }: DatasetColumn): ColumnRule<string>[] {
  if (!levels) return [];
  // As declared, and as normalised by readers.
  const allowed = new Set([...levels, ...levels.map(canonicalText)]);
  return [{ expected: `one of ${quotedList(levels)}`, allows: (level) => allowed.has(level) }];
}
