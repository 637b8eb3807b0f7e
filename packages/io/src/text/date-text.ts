import { ChurnError } from '@churn/core';
import { quoted } from './quoted.js';

/** Whether the day or the month comes first in dates such as 03/04/2024. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** A parsed date, before it is known which of two numbers is the day. */
export interface WrittenDate {
  readonly year: number;
  /** The month; if `isOrdered` is false, the first of the two numbers. */
  readonly first: number;
  readonly second: number;
  /** Whether the text shows which number is the month, which is then `first`. */
  readonly isOrdered: boolean;
  /** The separator of the numbers. */
  readonly separator: string;
  readonly time?: Time;
}

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** The digits of the fraction of a second, without trailing zeros. */
  readonly fraction: string;
  /** The offset from UTC in minutes; absent without a zone. */
  readonly offset?: number;
}

/** The last two-digit year of this century, as in POSIX: 68 is 2068, and 69 is 1969. */
const PIVOT = 68;

/** The maximum length of a date. */
const MAX_LENGTH = 60;

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const FULL = 'january february march april may june july august september october november december'.split(
  ' ',
);
const DAY_NAME = /^(\d{1,2})(?:st|nd|rd|th)?[-/., ]+([a-z]{3,9})[-/., ]+(\d{4}|\d\d)$/i;
const NAME_DAY = /^([a-z]{3,9})[-/., ]+(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d\d)$/i;
const YEAR_NAME = /^(\d{4})[-/., ]+([a-z]{3,9})[-/., ]+(\d{1,2})$/i;
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[., ]+/i;
const TIME =
  /(?:[T,]\s*| +)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?$/i;

/** Parses a date, with or without a time of day; `undefined` if the text is not a date. Does not check that the day exists. */
export function readDate(text: string): WrittenDate | undefined {
  // A quick exit for nearly all other texts, and for those that would take long.
  if (text.length > MAX_LENGTH || !/\d/.test(text)) return undefined;
  const at = text.includes(':') ? TIME.exec(text) : null;
  const time = at ? timeOf(at) : undefined;
  if (at && time === undefined) return undefined;
  const date = calendarDate((at ? text.slice(0, at.index) : text).trim());
  return date && (time ? { ...date, time } : date);
}

function calendarDate(text: string): WrittenDate | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [, year, separator, month, day] = yearFirst;
    return { year: Number(year), first: Number(month), second: Number(day), isOrdered: true, separator };
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [, first, separator, second, year] = yearLast;
    return {
      year: yearOf(year),
      first: Number(first),
      second: Number(second),
      isOrdered: false,
      separator,
    };
  }
  const compact = COMPACT.exec(text);
  if (compact) return ordered(compact[1], Number(compact[2]), compact[3]);
  const rest = text.replace(WEEKDAY, '');
  const dayName = DAY_NAME.exec(rest);
  if (dayName) return ordered(dayName[3], monthOf(dayName[2]), dayName[1]);
  const nameDay = NAME_DAY.exec(rest);
  if (nameDay) return ordered(nameDay[3], monthOf(nameDay[1]), nameDay[2]);
  const yearName = YEAR_NAME.exec(rest);
  if (yearName) return ordered(yearName[1], monthOf(yearName[2]), yearName[3]);
  return undefined;
}

function ordered(year: string, month: number, day: string): WrittenDate | undefined {
  if (month === 0) return undefined;
  return { year: yearOf(year), first: month, second: Number(day), isOrdered: true, separator: '' };
}

/** The number of a month; 0 for any other name. */
function monthOf(name: string): number {
  const lower = name.toLowerCase();
  const short = lower === 'sept' ? 'sep' : lower;
  return Math.max(MONTHS.indexOf(short), FULL.indexOf(short)) + 1;
}

function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year + (year <= PIVOT ? 2000 : 1900);
}

function timeOf([, hours, minutes, seconds = '0', fraction = '', half, zone]: RegExpExecArray):
  | Time
  | undefined {
  const minute = Number(minutes);
  const second = Number(seconds);
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const time = { hour, minute, second, fraction: fraction.replace(/0+$/, '') };
  if (zone === undefined) return time;
  const [, sign, h, m = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? ['', '+', '0'];
  if (Number(h) > 23 || Number(m) > 59) return undefined;
  return { ...time, offset: (sign === '-' ? -1 : 1) * (Number(h) * 60 + Number(m)) };
}

/** Whether a date exists in the calendar, given the order of day and month. */
export function isInCalendar(date: WrittenDate, order: DateOrder | undefined): boolean {
  const { year, first, second, isOrdered } = date;
  if (!isOrdered && order === undefined) return false;
  const isDayFirst = !isOrdered && order === 'dayFirst';
  const month = isDayFirst ? second : first;
  const day = isDayFirst ? first : second;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(month, year);
}

/** Whether a text is written as a date in the order of its column, but of a day that does not exist, such as 29.02.2023. */
export function isNoDay(text: string, order: DateOrder | undefined): boolean {
  const date = readDate(text);
  return date !== undefined && (date.isOrdered || order !== undefined) && !isInCalendar(date, order);
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Formats an instant as local date and time, such as `2024-02-29T13:45:00`. */
export type Clock = (moment: Date) => string;

const UTC: Clock = (moment) => moment.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);

/**
 * The clock of a time zone.
 * @param timeZone a name of the IANA database, such as `Europe/Berlin`; default UTC.
 * @throws `invalid-parameter` if there is no such zone.
 */
export function clockOf(timeZone?: string): Clock {
  if (timeZone === undefined) return UTC;
  const format = zoneFormat(timeZone);
  return (moment) => {
    const parts = format.formatToParts(moment).map(({ type, value }) => [type, value]);
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts);
    return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
  };
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    throw new ChurnError(
      'invalid-parameter',
      `timeZone: expected a name such as "Europe/Berlin", got ${quoted(timeZone)}`,
    );
  }
}

/**
 * Normalises a date to ISO 8601: `2024-02-29`, or `2024-02-29T13:45:00` with a time of day other than midnight. An instant, which has an offset, is
 * converted by `clock`; other times are unchanged.
 *
 * @param order without it, only unambiguous texts are dates.
 * @returns `undefined` if the text is not a date.
 */
export function canonicalDate(text: string, order: DateOrder | undefined, clock: Clock): string | undefined {
  const date = readDate(text);
  if (!date || !isInCalendar(date, order)) return undefined;
  const { year, first, second, isOrdered, time } = date;
  const [month, day] = !isOrdered && order === 'dayFirst' ? [second, first] : [first, second];
  if (time?.offset === undefined) {
    return withTime(
      `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}${time ? timeText(time) : ''}`,
      time,
    );
  }
  const moment = new Date(0);
  // Not Date.UTC, which reads the year 24 as 1924.
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(time.hour, time.minute - time.offset, time.second);
  const isInRange = moment.getUTCFullYear() > 0 && moment.getUTCFullYear() < 9999;
  return isInRange ? withTime(clock(moment), time) : undefined;
}

function timeText({ hour, minute, second }: Time): string {
  return `T${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`;
}

/** A date and time with the fraction of the second; only the date at midnight. */
function withTime(text: string, { fraction = '' }: Partial<Time> = {}): string {
  if (fraction !== '') return `${text}.${fraction}`;
  return text.endsWith(MIDNIGHT) ? text.slice(0, -MIDNIGHT.length) : text;
}

const MIDNIGHT = 'T00:00:00';

function digits(number: number, count: number): string {
  return String(number).padStart(count, '0');
}
