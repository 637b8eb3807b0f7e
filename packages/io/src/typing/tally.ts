import { normalized } from '../text/canonical-text.js';
import { parseNumber } from '../text/parse-number.js';

/** The number of rows with a text, and the index of the first. */
export interface TextCount {
  count: number;
  readonly row: number;
}

/** The values of a column: plain numbers, and the frequencies of other texts. */
export interface Tally {
  readonly rows: number;
  /** The number of empty or blank values. */
  readonly empty: number;
  /** The plain decimal numbers, in order. */
  readonly numbers: Float64Array;
  /** The number of integers beyond 2^53, which lose digits. */
  readonly beyondSafe: number;
  /** The numbers of values with a point, and of those with three digits after it, as in 1.234. */
  readonly points: number;
  readonly pointGroups: number;
  /** A number with leading zeros, as in codes, if there is one. */
  readonly padded?: string;
  /** All other values as texts, without surrounding spaces. */
  readonly texts: ReadonlyMap<string, TextCount>;
}

const POINT_GROUP = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
/** Without leading spaces, which hardly occur. */
const PADDED = /^0\d+\s*$/;
const ZERO = 48;
const DIGITS = /^[+-]?\d+$/;

/** Statistics on the forms of plain decimal numbers. */
export class NumberForms {
  beyondSafe = 0;
  points = 0;
  pointGroups = 0;
  padded: string | undefined;

  /** @param text that `parseNumber` reads as `value`. */
  add(value: number, text: string): void {
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && DIGITS.test(text.trim()))
      this.beyondSafe++;
    if (text.charCodeAt(0) === ZERO && this.padded === undefined && PADDED.test(text)) this.padded = text;
    if (text.includes('.')) {
      this.points++;
      // A quick check that excludes nearly all others.
      if (text.trimEnd().at(-4) === '.' && POINT_GROUP.test(text.trim())) this.pointGroups++;
    }
  }
}

export function tallyOf(values: readonly unknown[]): Tally {
  const numbers = new Float64Array(values.length);
  const texts = new Map<string, TextCount>();
  const forms = new NumberForms();
  let n = 0;
  let empty = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value === 'string') {
      const number = parseNumber(value);
      if (!Number.isNaN(number)) {
        numbers[n++] = number;
        forms.add(number, value);
        continue;
      }
    } else if (typeof value === 'number' && Number.isFinite(value)) {
      numbers[n++] = value;
      continue;
    } else if (typeof value === 'bigint') {
      numbers[n] = Number(value);
      if (!Number.isSafeInteger(numbers[n++])) forms.beyondSafe++;
      continue;
    }
    const text = shownText(value);
    if (text === '') {
      empty++;
      continue;
    }
    const seen = texts.get(text);
    if (seen) seen.count++;
    else texts.set(text, { count: 1, row });
  }
  const { beyondSafe, points, pointGroups, padded } = forms;
  return {
    rows: values.length,
    empty,
    numbers: numbers.subarray(0, n),
    beyondSafe,
    points,
    pointGroups,
    ...(padded !== undefined && { padded }),
    texts,
  };
}

/** The text by which a value other than a plain number is counted; empty for missing values. */
export function shownText(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value === 'string') return normalized(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
