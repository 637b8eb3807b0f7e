import type { MissingValues } from '../records/missing-values.js';
import { type DateOrder, isInCalendar, readDate, type WrittenDate } from '../text/date-text.js';
import type { Tally, TextCount } from './tally.js';

/** The evidence that a column contains dates. */
export interface DateEvidence {
  /** The number of rows with a date. */
  readonly fits: number;
  readonly present: number;
  readonly odd: ReadonlyMap<string, TextCount>;
  readonly missing: ReadonlyMap<string, TextCount>;
  /** The order of day and month, if dates need one. */
  readonly order?: DateOrder;
  /** Whether the dates or a declaration determine it. */
  readonly isSure: boolean;
  /** An ambiguous date. */
  readonly ambiguous?: string;
  /** A time with an offset from UTC, so that its date depends on the time zone. */
  readonly offset?: string;
}

/**
 * @param fixed the declared order.
 * @param isDeclared whether the column is declared as dates, so that `20240229` is one.
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

/** The number of rows with a date, given the order of day and month. */
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
 * The order if no number exceeds 12: a number that is the same in all dates is the day, as in monthly reports; otherwise slashes indicate American
 * dates, and other separators day first.
 */
function likelyOrder(open: readonly FoundDate[]): DateOrder {
  const firsts = new Set(open.map(({ date }) => date?.first));
  const seconds = new Set(open.map(({ date }) => date?.second));
  if (firsts.size === 1 && seconds.size > 1) return 'dayFirst';
  if (seconds.size === 1 && firsts.size > 1) return 'monthFirst';
  return open[0].date?.separator === '/' ? 'monthFirst' : 'dayFirst';
}
