import type { MissingValues } from '../records/missing-values.js';
import { type DateOrder, isInCalendar, readDate, type WrittenDate } from '../text/date-text.js';
import type { Tally, TextCount } from './tally.js';

/** A column looked at as dates. */
export interface DateEvidence {
  /** In how many rows there is a date. */
  readonly fits: number;
  readonly present: number;
  readonly odd: ReadonlyMap<string, TextCount>;
  readonly missing: ReadonlyMap<string, TextCount>;
  /** The order of day and month, where dates need one. */
  readonly order?: DateOrder;
  /** Whether the dates, or a declaration, say so. */
  readonly isSure: boolean;
  /** A date that could be read in two ways. */
  readonly ambiguous?: string;
  /** A time with an offset from UTC, so that its date depends on the time zone. */
  readonly offset?: string;
}

/**
 * @param fixed the order that is declared.
 * @param isDeclared whether these are dates by declaration: then `20240229` is one.
 */
export function dateEvidence(
  tally: Tally,
  missing: MissingValues,
  { fixed, isDeclared = false }: { readonly fixed?: DateOrder; readonly isDeclared?: boolean } = {},
): DateEvidence {
  const gaps = new Map<string, TextCount>();
  const written = new Map<string, TextCount>();
  let present = 0;
  let plain = 0;
  for (const [text, found] of tally.texts) {
    if (missing.has(text)) gaps.set(text, found);
    else {
      written.set(text, found);
      present += found.count;
    }
  }
  for (const number of tally.numbers) {
    if (isDeclared && isCompactDate(number)) plain++;
  }
  present += tally.numbers.length;
  const dates = Array.from(written, ([text, found]) => ({ text, found, date: readDate(text) }));
  const open = dates.filter(({ date }) => date?.isOrdered === false);
  const [day, month] = open.length > 0 ? [fitsOf(open, 'dayFirst'), fitsOf(open, 'monthFirst')] : [0, 0];
  const order =
    fixed ??
    (day > month ? 'dayFirst' : month > day ? 'monthFirst' : open.length > 0 ? likelyOrder(open) : undefined);
  const offset = dates.find(({ date }) => date?.time?.offset)?.text;
  const odd = new Map<string, TextCount>();
  let fits = plain;
  for (const { text, found, date } of dates) {
    if (date && isInCalendar(date, order)) fits += found.count;
    else odd.set(text, found);
  }
  return {
    fits,
    present,
    odd,
    missing: gaps,
    ...(order !== undefined && { order }),
    isSure: open.length === 0 || fixed !== undefined || day !== month,
    ...(open.length > 0 && { ambiguous: open[0].text }),
    ...(offset !== undefined && { offset }),
  };
}

interface FoundDate {
  readonly found: TextCount;
  readonly date?: WrittenDate;
}

/** In how many rows there is a date, read in an order. */
function fitsOf(dates: readonly FoundDate[], order: DateOrder): number {
  return dates.reduce(
    (sum, { date, found }) => sum + (date && isInCalendar(date, order) ? found.count : 0),
    0,
  );
}

function isCompactDate(number: number): boolean {
  const date =
    Number.isInteger(number) && number >= 1e7 && number < 1e8 ? readDate(String(number)) : undefined;
  return date !== undefined && isInCalendar(date, undefined);
}

/**
 * The order where no day is beyond 12: a number that is the same in all dates is the day, as in monthly reports; else slashes are taken for
 * American dates, and points and other marks for those of most other countries.
 */
function likelyOrder(open: readonly FoundDate[]): DateOrder {
  const firsts = new Set(open.map(({ date }) => date?.first));
  const seconds = new Set(open.map(({ date }) => date?.second));
  if (firsts.size === 1 && seconds.size > 1) return 'dayFirst';
  if (seconds.size === 1 && firsts.size > 1) return 'monthFirst';
  return open[0].date?.separator === '/' ? 'monthFirst' : 'dayFirst';
}
