import { normalized } from '../text/canonical-text.js';
import { parseNumber } from '../text/parse-number.js';

/** In how many rows a text stands, and the first of them, counted from 0. */
export interface TextCount {
  count: number;
  readonly row: number;
}

/** The values of a column, plain numbers apart from all else. */
export interface Tally {
  readonly rows: number;
  /** How many rows have nothing, or spaces. */
  readonly empty: number;
  /** Plain decimal numbers, in their order. */
  readonly numbers: Float64Array;
  /** How many of them are integers beyond 2^53, which lose digits. */
  readonly beyondSafe: number;
  /** How many of them are written with a point, and of these with groups of three digits behind it, as in 1.234. */
  readonly points: number;
  readonly pointGroups: number;
  /** A number that is written with zeros before it, as codes are, if there is one. */
  readonly padded?: string;
  /** All other values as texts, without the spaces around them. */
  readonly texts: ReadonlyMap<string, TextCount>;
}

const POINT_GROUP = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
/** Spaces before it aside, which such files hardly have. */
const PADDED = /^0\d+\s*$/;
const ZERO = 48;
const DIGITS = /^[+-]?\d+$/;

/** How plain decimal numbers are written. */
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
      // Nearly all others end here.
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

/** A value that is no plain number as the text that it is tallied by; none of what is nothing. */
export function shownText(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value === 'string') return normalized(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
