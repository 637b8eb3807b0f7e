import { isoDay } from '@churn/core';

/** A calendar period, in UTC. Weeks begin on Mondays. */
export type CalendarPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** From the shortest to the longest. */
export const CALENDAR_PERIODS: readonly CalendarPeriod[] = ['day', 'week', 'month', 'quarter', 'year'];

const DAY = 86_400_000;
/** 1970-01-01 was a Thursday. */
const TO_MONDAY = 3;

/** The number of the period in which a time lies; the next period has the next number. */
export function periodOf(period: CalendarPeriod, time: Date): number {
  const days = Math.floor(time.getTime() / DAY);
  if (period === 'day') return days;
  if (period === 'week') return Math.floor((days + TO_MONDAY) / 7);
  const months = 12 * time.getUTCFullYear() + time.getUTCMonth();
  return Math.floor(months / { month: 1, quarter: 3, year: 12 }[period]);
}

/** What a period is called: `2026-03-02` (a week by its Monday), `2026-03`, `2026-Q1` or `2026`. */
export function periodName(period: CalendarPeriod, number: number): string {
  if (period === 'day') return isoDay(number);
  if (period === 'week') return isoDay(7 * number - TO_MONDAY);
  const perYear = { month: 12, quarter: 4, year: 1 }[period];
  const year = String(Math.floor(number / perYear)).padStart(4, '0');
  const part = (number % perYear) + 1;
  if (period === 'year') return year;
  return period === 'month' ? `${year}-${String(part).padStart(2, '0')}` : `${year}-Q${part}`;
}
