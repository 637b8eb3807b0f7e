import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Table } from '@churn/core';
import type { CalendarPeriod } from './calendar-period.js';
import { dateColumns } from './date-columns.js';
import { timeProfile } from './time-profile.js';

type Interval = [number, number] | null;

interface Reference {
  dates: (string | null)[];
  amounts: number[];
  positive: boolean[];
  periods: Record<
    CalendarPeriod,
    {
      time: string;
      rows: number;
      share: number | null;
      shareInterval: Interval;
      mean: number | null;
      meanInterval: Interval;
    }[]
  >;
}

const { dates, amounts, positive, periods }: Reference = JSON.parse(
  readFileSync(join(__dirname, '../../test/reference/periods.json'), 'utf8'),
);
const table = Table.fromColumns({ joined: dates, plan: dates.map((_, row) => (row % 2 === 0 ? 'a' : 'b')) });
const classes = { name: 'left', values: positive, positive: true };
const values = { name: 'value', values: amounts };

describe.each(Object.keys(periods) as CalendarPeriod[])(
  'agrees with pandas, statsmodels and scipy by %s',
  (period) => {
    it('for classes', () => {
      const received = timeProfile(table, 'joined', { target: classes, period, maxPeriods: 1000 }).periods;
      expect(received.map(({ time, rows }) => [time, rows])).toEqual(
        periods[period].map(({ time, rows }) => [time, rows]),
      );
      periods[period].forEach(({ share, shareInterval }, i) => {
        expectNear(received[i].value, share, 1e-12);
        expectInterval(received[i].interval, shareInterval);
      });
    });

    it('for target values', () => {
      const received = timeProfile(table, 'joined', { target: values, period, maxPeriods: 1000 }).periods;
      periods[period].forEach(({ mean, meanInterval }, i) => {
        expectNear(received[i].value, mean, 1e-6);
        expectInterval(received[i].interval, meanInterval);
      });
    });
  },
);

describe('timeProfile', () => {
  it('chooses the shortest period that has few enough bins with enough rows', () => {
    const every = (days: number, n: number) =>
      Table.fromColumns({
        on: Array.from({ length: n }, (_, i) =>
          new Date(864e5 * ((i * days) % (100 * days))).toISOString().slice(0, 10),
        ),
      });
    const suited = (days: number, n: number) => timeProfile(every(days, n), 'on').period;
    expect([suited(0.5, 2000), suited(0.5, 400), suited(1, 10_000), suited(10, 10_000)]).toEqual([
      'day',
      'week',
      'week',
      'month',
    ]);
    expect([suited(40, 10_000), suited(400, 10_000), suited(1, 3)]).toEqual(['quarter', 'year', 'year']);
  });

  it('lists the periods with most rows if there are too many, and counts the others', () => {
    const received = timeProfile(table, 'joined', { period: 'week', maxPeriods: 3 });
    const rows = periods.week.map((each) => each.rows).sort((a, b) => b - a);
    expect(received.periods).toHaveLength(3);
    expect(received.omittedRows).toBe(rows.slice(3).reduce((sum, each) => sum + each, 0));
    expect(received.missing).toBe(dates.filter((date) => date === null).length);
    expect([received.target, received.value, received.periods[0].value]).toEqual([null, null, null]);
  });

  it('is plain JSON, with the value of all rows', () => {
    const received = timeProfile(table, 'joined', { target: classes });
    expect(JSON.parse(JSON.stringify(received))).toEqual(received);
    expect(received.target).toEqual({ kind: 'classes', name: 'left', positive: true });
    expect(received.value).toBeCloseTo(positive.filter(Boolean).length / positive.length, 14);
  });

  it('rejects a column without dates', () => {
    const wrong = Table.fromColumns({
      number: [1, 2],
      text: ['2024-01-01', 'soon'],
      none: [null, null] as (string | null)[],
    });
    const tried =
      (column: string, options = {}) =>
      () =>
        timeProfile(wrong, column, options);
    expect(tried('number')).toThrow('"number": expected ISO 8601 dates, got a column of numbers');
    expect(tried('text')).toThrow('"text": expected ISO 8601 dates, got "soon" in row 1');
    expect(tried('none')).toThrow('"none": expected');
    expect(tried('lacking')).toThrow('lacking');
    expect(tried('text', { period: 'decade' })).toThrow(
      'period: expected one of day, week, month, quarter, year',
    );
    expect(tried('text', { maxPeriods: 0 })).toThrow(
      'maxPeriods: expected an integer of at least 1 up, got 0',
    );
  });

  it('finds date columns', () => {
    expect(dateColumns(table)).toEqual(['joined']);
  });
});

function expectInterval(received: readonly [number, number] | null, expected: Interval) {
  expect(received === null).toBe(expected === null);
  // The t quantile is right to 3e-8.
  expected?.forEach((end, i) => {
    expectNear(received![i], end, 2e-6);
  });
}

function expectNear(received: number | null, expected: number | null, tolerance: number) {
  const isNear =
    received === null || expected === null
      ? received === expected
      : Math.abs(received - expected) <= tolerance;
  expect({ received, expected, isNear }).toEqual({ received, expected, isNear: true });
}
