import { quoted } from '../text/quoted.js';

/** A value that does not fit its column. */
export interface InvalidValue {
  readonly column: string;
  /** What was expected, as it stands in a message: `a number`. */
  readonly expected: string;
  /** What came, as it stands in a message: `"many"`. */
  readonly received: string;
}

/** A misfit with its row, counted from 0. */
export interface InvalidCell extends InvalidValue {
  readonly row: number;
}

/** What was expected, and what was received. */
export function invalidValueDetail({
  expected,
  received,
}: Pick<InvalidValue, 'expected' | 'received'>): string {
  return `expected ${expected}, got ${received}`;
}

/** What does not fit of a row, in one line. */
export function invalidValuesText(invalidValues: readonly InvalidValue[]): string {
  return invalidValues
    .map((invalidValue) => `column ${quoted(invalidValue.column)}: ${invalidValueDetail(invalidValue)}`)
    .join('; ');
}
