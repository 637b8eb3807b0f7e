import type { DatasetColumn } from '../dataset/dataset-schema.js';
import { canonicalText, normalized } from '../text/canonical-text.js';
import { canonicalDate, clockOf, isNoDay } from '../text/date-text.js';
import { quoted } from '../text/quoted.js';
import { readNumber } from '../text/read-number.js';
import type { InvalidValue } from './invalid-value.js';
import { A_NUMBER, aDate, TEXT, TRUE_OR_FALSE } from './kind.js';
import { type MissingValues, missingValuesOf } from './missing-values.js';

/** How values are read, in addition to the rules of their columns. */
export interface ValueOptions {
  /**
   * The texts that stand for missing values in all columns, compared without surrounding spaces and, except in categories, regardless of case. They
   * replace the default ones: for numbers, dates and booleans many texts, from `NA` and `#N/A` to `-` and `unknown`; for categories only the empty
   * text, `null`, `NULL`, `NaN`, `N/A`, `#N/A` and `<NA>`.
   */
  readonly missingValues?: readonly string[];
  /** The time zone, such as `Europe/Berlin`, to which dates with an offset are converted; default UTC. Other dates are unchanged. */
  readonly timeZone?: string;
  /** Whether categories are normalised to one spelling (default), or keep theirs, as in model files of earlier versions. */
  readonly categories?: 'canonical' | 'asWritten';
}

/** Why a value is invalid, without its position. */
export type ValueFault = Pick<InvalidValue, 'expected' | 'received'>;

/** Reads a value as a table holds it: a number, a text or `null`; or why it is invalid. */
export type CellReader = (value: unknown) => number | string | null | ValueFault;

/**
 * Returns a function that reads single values of a column, from any format: texts of CSV, values of JSON or Parquet. The result is the same as that
 * of `convertRecords` for whole columns.
 *
 * ```ts
 * const read = cellReader({ kind: 'numeric' });
 * read('$1,234.50'); // 1234.5
 * read('many'); // { expected: 'a number', received: '"many"' }
 * ```
 * @throws `invalid-parameter` for an unknown time zone.
 */
export function cellReader(column: Omit<DatasetColumn, 'name'>, options: ValueOptions = {}): CellReader {
  const missing = missingValuesOf(column, options.missingValues);
  switch (column.kind) {
    case 'numeric':
      return numberReader(column, missing);
    case 'boolean':
      return textReader(missing, truthOf, TRUE_OR_FALSE);
    case 'date': {
      const { dateOrder } = column;
      const clock = clockOf(options.timeZone);
      return textReader(
        missing,
        (text) => canonicalDate(text, dateOrder, clock),
        aDate(dateOrder),
        (text) => (isNoDay(text, dateOrder) ? 'there is no such day' : undefined),
      );
    }
    case 'category':
      return categoryReader(missing, options.categories === 'asWritten');
  }
}

/** Whether the result of a `CellReader` is an invalid value. */
export function isInvalidValue(read: ReturnType<CellReader>): read is ValueFault {
  return typeof read === 'object' && read !== null;
}

function numberReader({ decimal }: Omit<DatasetColumn, 'name'>, missing: MissingValues): CellReader {
  const expected = decimal === ',' ? `${A_NUMBER} such as 1234,5` : A_NUMBER;
  const orMissing = (value: number) => (missing.numbers.has(value) ? null : value);
  return (value) => {
    switch (typeof value) {
      case 'number':
        if (Number.isFinite(value)) return orMissing(value);
        break;
      case 'bigint':
        return orMissing(Number(value));
      // As a text, `true` is invalid in a numeric column.
      case 'boolean':
        return orMissing(value ? 1 : 0);
      case 'string': {
        const trimmed = normalized(value);
        if (missing.has(trimmed)) return null;
        const number = readNumber(trimmed, decimal);
        if (!Number.isNaN(number)) return orMissing(number);
        break;
      }
    }
    return isMissingValue(value) ? null : { expected, received: shown(value) };
  };
}

/** @param why why a text is invalid, where more than `expected` is known. */
function textReader(
  missing: MissingValues,
  read: (text: string) => string | undefined,
  expected: string,
  why: (text: string) => string | undefined = () => undefined,
): CellReader {
  return (value) => {
    if (isMissingValue(value)) return null;
    const text = textOf(value);
    if (typeof text !== 'string') return text;
    const trimmed = normalized(text);
    if (missing.has(trimmed)) return null;
    const cell = read(trimmed);
    if (cell === undefined) {
      const reason = why(trimmed);
      return { expected, received: `${shown(value)}${reason === undefined ? '' : ` (${reason})`}` };
    }
    return missing.has(cell) ? null : cell;
  };
}

function categoryReader(missing: MissingValues, isAsWritten: boolean): CellReader {
  return (value) => {
    if (isMissingValue(value)) return null;
    const text = textOf(value);
    if (typeof text !== 'string') return text;
    const canonical = canonicalText(text);
    if (missing.has(normalized(text)) || (missing.has(canonical) && !isAsWritten)) return null;
    return isAsWritten ? text : canonical;
  };
}

/** Whether a value is missing: also NaN, which Parquet writers use for missing numbers. */
function isMissingValue(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

/** A value as text; lists, objects and numbers that may have lost digits are invalid. */
function textOf(value: unknown): string | ValueFault {
  if (typeof value === 'string') return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value === 'object' || value === Infinity || value === -Infinity) {
    return { expected: TEXT, received: shown(value) };
  }
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const received = 'an integer beyond 2^53, which may have lost digits; put it in quotes';
    return { expected: TEXT, received };
  }
  return String(value);
}

/** The spellings of booleans, in lower case. */
export const TRUE_TEXTS: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', 'on', '1', '1.0']);
export const FALSE_TEXTS: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', 'off', '0', '0.0']);

function truthOf(text: string): string | undefined {
  const lower = text.toLowerCase();
  return TRUE_TEXTS.has(lower) ? 'true' : FALSE_TEXTS.has(lower) ? 'false' : undefined;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  // Not as JSON: the nesting may be too deep for it.
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** Whether plain decimal numbers of a column can be used as parsed. */
export function readsPlainNumbers(column: Omit<DatasetColumn, 'name'>, options: ValueOptions): boolean {
  const { decimal = '.', kind } = column;
  return (
    kind === 'numeric' && decimal === '.' && missingValuesOf(column, options.missingValues).numbers.size === 0
  );
}
