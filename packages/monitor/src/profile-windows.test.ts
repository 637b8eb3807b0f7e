import { Table } from '@churn/core';
import { ProfileWindows, type WindowLength } from './profile-windows.js';
import { referenceProfile } from './reference-profile.js';
import { scoreReference } from './score-reference.js';

const reference = referenceProfile(Table.fromColumns({ n: [1, 2, 3] }));

/** The start, end and number of rows of each window. */
function windowsOf(dates: (string | null)[], every: WindowLength) {
  const windows = new ProfileWindows(reference, { every });
  windows.add(Table.fromColumns({ n: dates.map((_, i) => i), at: dates }), 'at');
  return windows.windows.map(({ start, end, counts }) => [start, end, counts.rows]);
}

const DATES = [
  '2024-03-01',
  '2024-02-29T23:59:59Z',
  '2023-12-31',
  '2024-01-01',
  '2024-02-26 08:00',
  '2024-03-01',
];

it('divides rows into days, weeks and months', () => {
  expect(windowsOf(DATES, 'day')).toEqual([
    ['2023-12-31', '2024-01-01', 1],
    ['2024-01-01', '2024-01-02', 1],
    ['2024-02-26', '2024-02-27', 1],
    ['2024-02-29', '2024-03-01', 1],
    ['2024-03-01', '2024-03-02', 2],
  ]);
  // The last day of 2023 was a Sunday.
  expect(windowsOf(DATES, 'week')).toEqual([
    ['2023-12-25', '2024-01-01', 1],
    ['2024-01-01', '2024-01-08', 1],
    ['2024-02-26', '2024-03-04', 4],
  ]);
  expect(windowsOf(DATES, 'month')).toEqual([
    ['2023-12-01', '2024-01-01', 1],
    ['2024-01-01', '2024-02-01', 1],
    ['2024-02-01', '2024-03-01', 2],
    ['2024-03-01', '2024-04-01', 2],
  ]);
  expect(windowsOf(['1969-12-31', '1970-01-01'], 'week')).toEqual([['1969-12-29', '1970-01-05', 2]]);
});

it('accepts several tables, counts undated rows, and keeps scores with their rows', () => {
  const p = [0.1, 0.5, 0.9];
  const columnsOf = (values: number[]) => [values.map((each) => 1 - each), values];
  const score = scoreReference(columnsOf(p), null, ['no', 'yes']);
  const windows = new ProfileWindows({ ...reference, score }, { every: 'month' });
  const add = (at: (string | null)[], scores: number[]) =>
    windows.add(Table.fromColumns({ n: at.map(() => 2), at }), 'at', columnsOf(scores));
  add(['2024-01-05', null, '2024-02-05'], [0.1, 0.5, 0.9]);
  add(['2024-02-07', 'soon'], [0.9, 0.9]);
  expect(windows.undated).toBe(2);
  const [january, february] = windows.windows;
  expect([...(january.counts.scores?.probabilities[0].counts ?? [])]).toEqual([1, 0, 0, 0, 0, 0]);
  expect(february.counts.rows).toBe(2);
  expect(february.counts.scores?.probabilities[0].mean).toBeCloseTo(0.9, 12);
});

it('rejects invalid dates and options, and keeps its counts', () => {
  const windows = new ProfileWindows(reference, { every: 'day' });
  windows.add(Table.fromColumns({ n: [1], at: ['2024-01-01'] }), 'at');
  expect(() => windows.add(Table.fromColumns({ n: [1] }), 'at')).toThrow('column "at" is missing');
  expect(() => windows.add(Table.fromColumns({ n: [1], at: [5] }), 'at')).toThrow('expected categories');
  const many = Array.from({ length: 2001 }, (_, i) => new Date(i * 86_400_000).toISOString());
  expect(() => windows.add(Table.fromColumns({ n: many.map(() => 1), at: many }), 'at')).toThrow(
    'every: expected at most 2000 windows, got 2002 of one day each',
  );
  expect(() => windows.add(Table.fromColumns({ at: ['2024-01-01'] }), 'at')).toThrow('column "n" is missing');
  expect(windows.windows.map(({ counts }) => counts.rows)).toEqual([1]);
  expect(() => new ProfileWindows(reference, { every: 'year' as WindowLength })).toThrow(
    'every: expected one of day, week, month, got "year"',
  );
});
