import { quoted } from '../text/quoted.js';

/** A value that does not match the kind, format or rules of its column. */
export interface InvalidValue {
  readonly column: string;
  /** What was expected, for messages: `a number`. */
  readonly expected: string;
  /** What was received, for messages: `"many"`. */
  readonly received: string;
}

/** An invalid value with its row index. */
export interface InvalidCell extends InvalidValue {
  readonly row: number;
}

/** Describes what was expected and received. */
export function invalidValueDetail({
  expected,
  received,
}: Pick<InvalidValue, 'expected' | 'received'>): string {
  return `expected ${expected}, got ${received}`;
}

/** Describes the invalid values of a row in one line. */
export function invalidValuesText(invalidValues: readonly InvalidValue[]): string {
  return invalidValues
    .map((invalidValue) => `column ${quoted(invalidValue.column)}: ${invalidValueDetail(invalidValue)}`)
    .join('; ');
}
