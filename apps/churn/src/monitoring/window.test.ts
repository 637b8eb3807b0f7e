import { categoryColumn } from '@churn/core';
import { windowOf, windowsOf } from './window.js';

it.each([
  ['2026-11-28T23:59:59Z', '2026-11-28', '2026-11-23', '2026-11'],
  // A Sunday, whose week began the year before.
  ['2023-01-01', '2023-01-01', '2022-12-26', '2023-01'],
  ['2024-02-26', '2024-02-26', '2024-02-26', '2024-02'],
])('finds the day, the Monday of the week and the month of %s', (text, day, week, month) => {
  const time = new Date(text);
  expect([windowOf(time, 'day'), windowOf(time, 'week'), windowOf(time, 'month')]).toEqual([
    day,
    week,
    month,
  ]);
});

it('finds the window of each row, and names invalid dates', () => {
  const of = windowsOf(categoryColumn(['2024-02-26', null, '2024-03-01T08:00']), 'month', 'a.csv');
  expect([0, 1, 2].map(of)).toEqual(['2024-02', undefined, '2024-03']);
  expect(() => windowsOf(categoryColumn(['soon']), 'day', 'a.csv, column "at"')).toThrow(
    'a.csv, column "at": expected dates, got "soon"',
  );
});
