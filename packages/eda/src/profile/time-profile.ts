import {
  ChurnError,
  type ClassLabel,
  parseIsoDate,
  requireParameter,
  type Table,
  wilsonInterval,
} from '@churn/core';
import { CALENDAR_PERIODS, type CalendarPeriod, periodName, periodOf } from './calendar-period.js';
import { meanInterval } from './mean-interval.js';
import type { ClassTargetLike, ValueTargetLike } from './profile.js';
import { profileTarget } from './profile-target.js';
import { readTargetValues } from './profile-values.js';
import { isValueTarget } from './related-target.js';

/** The rows of a period. */
export type PeriodFigures = {
  /** `2026-03-02` (a week by its Monday), `2026-03`, `2026-Q1` or `2026`. */
  readonly time: string;
  readonly rows: number;
  /** The share of positive rows, or the mean amount; `null` without rows or target. */
  readonly value: number | null;
  /** The 95% interval of `value`: Wilson's of a share, by the t distribution of a mean; `null` of a mean of one row. */
  readonly interval: readonly [low: number, high: number] | null;
};

/** The number of rows and the target by period of a date column, as plain JSON. */
export type TimeProfile = {
  /** The column of dates. */
  readonly column: string;
  readonly period: CalendarPeriod;
  readonly target:
    | { readonly kind: 'classes'; readonly name: string | null; readonly positive: ClassLabel }
    | { readonly kind: 'values'; readonly name: string | null }
    | null;
  /** The share or mean of all rows; `null` without target. */
  readonly value: number | null;
  /** In the order of time. */
  readonly periods: readonly PeriodFigures[];
  /** Rows without a date. */
  readonly missing: number;
  /** Rows of periods that are not listed, since there were more than `maxPeriods`. */
  readonly omittedRows: number;
};

export interface TimeProfileOptions {
  /** Labels of two classes, or target values, as in `profile`. */
  readonly target?: ClassTargetLike | ValueTargetLike;
  /** Default the shortest of which there are at most `maxPeriods`, with 20 rows or more on average. */
  readonly period?: CalendarPeriod;
  /** How many periods are listed: if there are more, those of the most rows. Default 60. */
  readonly maxPeriods?: number;
}

/** On fewer rows a period tells little. */
const MIN_ROWS = 20;

/**
 * Counts rows by periods of a date column, with the share of positive rows or the mean value in each. Empty periods between others are
 * included.
 *
 * ```ts
 * timeProfile(customers, 'joined', { target: { name: 'churned', values: churned, positive: 'yes' } }).periods;
 * ```
 *
 * @throws `invalid-parameter` for the options; `invalid-data` if a value of the column is no ISO 8601 date, or none has a date;
 * `missing-column` for a column that does not exist; `invalid-target` and `invalid-data` for the target as `profile` does.
 */
export function timeProfile(
  x: Table,
  column: string,
  { target, period, maxPeriods = 60 }: TimeProfileOptions = {},
): TimeProfile {
  requireParameter(
    Number.isInteger(maxPeriods) && maxPeriods >= 1,
    'maxPeriods',
    'an integer of at least 1 up',
    maxPeriods,
  );
  requireParameter(
    period === undefined || CALENDAR_PERIODS.includes(period),
    'period',
    `one of ${CALENDAR_PERIODS.join(', ')}`,
    period,
  );
  const read = target === undefined ? undefined : readFigures(x, target);
  const { codes, dates } = datesOf(x, column);
  const dated = codes.reduce((rows, code) => rows + (code >= 0 ? 1 : 0), 0);
  const chosen = period ?? suitedPeriod(dates, dated, maxPeriods);
  const ofLevel = dates.map((date) => date && periodOf(chosen, date));
  const rowsOf = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const number = ofLevel[code] as number;
    const rows = rowsOf.get(number);
    if (rows) rows.push(row);
    else rowsOf.set(number, [row]);
  });
  const listed = listedPeriods(rowsOf, maxPeriods);
  const periods = listed.map((number) => {
    const rows = rowsOf.get(number) ?? [];
    const none = { value: null, interval: null };
    return {
      time: periodName(chosen, number),
      rows: rows.length,
      ...(read && rows.length > 0 ? read.figuresOf(rows) : none),
    };
  });
  return {
    column,
    period: chosen,
    target: read?.target ?? null,
    value: read ? read.figuresOf(codes.keys()).value : null,
    periods,
    missing: codes.length - dated,
    omittedRows: dated - periods.reduce((sum, { rows }) => sum + rows, 0),
  };
}

function datesOf(x: Table, name: string): { codes: Int32Array; dates: (Date | undefined)[] } {
  const column = x.column(name);
  if (column.kind === 'numeric') {
    throw new ChurnError('invalid-data', `"${name}": expected ISO 8601 dates, got a column of numbers`);
  }
  const { codes, levels } = column;
  const used = new Uint8Array(levels.length);
  for (const code of codes) if (code >= 0) used[code] = 1;
  const dates = levels.map((level, code) => {
    if (used[code] === 0) return undefined;
    const date = parseIsoDate(level);
    if (date) return date;
    throw new ChurnError(
      'invalid-data',
      `"${name}": expected ISO 8601 dates, got ${JSON.stringify(level.slice(0, 60))} in row ${codes.indexOf(code)}`,
    );
  });
  if (!used.includes(1)) throw new ChurnError('invalid-data', `"${name}": expected dates, got none`);
  return { codes, dates };
}

function suitedPeriod(
  dates: readonly (Date | undefined)[],
  rows: number,
  maxPeriods: number,
): CalendarPeriod {
  const suits = CALENDAR_PERIODS.find((period) => {
    const { first, last } = endsOf(dates.flatMap((date) => (date ? [periodOf(period, date)] : [])));
    const periods = last - first + 1;
    return periods <= maxPeriods && rows >= MIN_ROWS * periods;
  });
  return suits ?? 'year';
}

function endsOf(numbers: Iterable<number>): { first: number; last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (const number of numbers) {
    first = Math.min(first, number);
    last = Math.max(last, number);
  }
  return { first, last };
}

/** All periods from the first to the last, or those of the most rows. */
function listedPeriods(rowsOf: ReadonlyMap<number, readonly number[]>, most: number): number[] {
  const { first, last } = endsOf(rowsOf.keys());
  if (last - first < most) return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return [...rowsOf]
    .sort(([a, rowsA], [b, rowsB]) => rowsB.length - rowsA.length || a - b)
    .slice(0, most)
    .map(([number]) => number)
    .sort((a, b) => a - b);
}

/** How the target of some rows is summed up. */
interface TargetFigures {
  readonly target: NonNullable<TimeProfile['target']>;
  figuresOf(rows: Iterable<number>): Pick<PeriodFigures, 'value' | 'interval'>;
}

function readFigures(x: Table, target: ClassTargetLike | ValueTargetLike): TargetFigures {
  if (!isValueTarget(target)) {
    const { name, positive, isPositive } = profileTarget(x, target);
    return {
      target: { kind: 'classes', name, positive },
      figuresOf(rows) {
        let [n, positives] = [0, 0];
        for (const row of rows) {
          n++;
          positives += isPositive[row];
        }
        return { value: positives / n, interval: wilsonInterval(positives, n) };
      },
    };
  }
  const name = 'name' in target ? target.name : null;
  const values = readTargetValues(x, 'name' in target ? target.values : target);
  return {
    target: { kind: 'values', name },
    figuresOf(rows) {
      // Deviations from the running mean (Welford, "Note on a method for calculating corrected sums of squares and products", 1962).
      let [n, mean, squares] = [0, 0, 0];
      for (const row of rows) {
        n++;
        const deviation = values[row] - mean;
        mean += deviation / n;
        squares += deviation * (values[row] - mean);
      }
      return { value: mean, interval: meanInterval(mean, Math.sqrt(squares / (n - 1)), n) };
    },
  };
}
