import { type CategoryColumn, ChurnError, parseIsoDate } from '@churn/core';
import { quoted } from '@churn/io';
import type { Window } from '../config/windows.js';

const MS_PER_DAY = 86_400_000;

/** The window of a time: a day or a week, named by its Monday, such as `2026-11-28`, or a month, such as `2026-11`. */
export function windowOf(time: Date, window: Window): string {
  const start =
    window === 'week' ? new Date(time.getTime() - ((time.getUTCDay() + 6) % 7) * MS_PER_DAY) : time;
  return start.toISOString().slice(0, window === 'month' ? 7 : 10);
}

/**
 * The window of each row by its date; `undefined` if it is missing. Each distinct date is parsed once.
 * @param where describes the column, for messages.
 * @throws `invalid-data` for an invalid date.
 */
export function windowsOf(
  { codes, levels }: CategoryColumn,
  window: Window,
  where: string,
): (row: number) => string | undefined {
  const ofLevel = levels.map((level) => {
    const time = parseIsoDate(level);
    if (time) return windowOf(time, window);
    throw new ChurnError('invalid-data', `${where}: expected dates, got ${quoted(level)}`);
  });
  return (row) => (codes[row] < 0 ? undefined : ofLevel[codes[row]]);
}
