import { parseCsv } from '@churn/io';
import type { DataConfig } from '../config/config';
import { survivalTask } from '../task/survival-task';
import { toLearnFrom } from './data';
import { tableOf } from './read-table';

const durations = { event: 'left', horizons: [2] };
const config = { target: 'days', task: 'survival', drop: [], invalidValues: 'missing', unlabelled: 'refuse' };

function read(rows: readonly string[], more: object = {}, ofDurations: object = {}) {
  const text = ['days,left,start,age', ...rows.map((row, i) => `${row},${20 + i}`)].join('\n');
  const data = {
    ...{ ...config, duplicates: 'keep', durations: { ...durations, ...ofDurations } },
    ...more,
  } as object as DataConfig;
  const records = { ...parseCsv(text, { source: 'd.csv' }), sha256: '' };
  return toLearnFrom(survivalTask, tableOf(records, data), data);
}

it('reads durations, and events in all words for yes and no', () => {
  const { y, features } = read(['3,yes,0', '5,No,1', '2,no,0']);
  expect([Array.from(y.values), Array.from(y.events), y.entry]).toEqual([[3, 5, 2], [1, 0, 0], undefined]);
  expect(features.names).toEqual(['start', 'age']);
  expect(Array.from(read(['3,1,0', '5,0,1']).y.events)).toEqual([1, 0]);
  expect(Array.from(read(['3,gone,0', '5,here,1'], { positive: 'gone' }).y.events)).toEqual([1, 0]);
  // Nobody is censored.
  expect(Array.from(read(['3,yes,0', '5,yes,1']).y.events)).toEqual([1, 1]);
});

it('reads entries, and excludes the columns of the target from the features', () => {
  const { y, features } = read(['3,yes,0', '5,no,1'], {}, { entry: 'start' });
  expect(Array.from(y.entry ?? [])).toEqual([0, 1]);
  expect(features.names).toEqual(['age']);
  expect(read(['3,yes,0', '5,no,1'], {}, { elapsed: 'start' }).features.names).toEqual(['age']);
});

it('leaves out rows with an incomplete target if configured', () => {
  const { y, unlabelled, warnings } = read(['3,yes,0', ',no,1', '4,,0', '6,no,2'], { unlabelled: 'drop' });
  expect([Array.from(y.values), unlabelled]).toEqual([[3, 6], 2]);
  expect(warnings).toContain('"left": 1 row has no value and is dropped, first in line 4');
});

it.each<[string, readonly string[], string, ...object[]]>([
  [
    'a text',
    ['3,yes,0', ...Array.from({ length: 30 }, (_, i) => `${i + 1},no,0`), 'long,no,0'],
    'line 33: expected a finite number in the duration "days", got "long"',
  ],
  [
    'a negative duration',
    ['3,yes,0', '-1,no,0'],
    'd.csv, line 3: expected a finite number of at least 0 in the duration "days", got -1',
  ],
  ['none', ['3,yes,0', ',no,0'], 'd.csv, line 3: the target "days" has no value'],
  [
    'an unknown word for the event',
    ['3,yes,0', '4,,0', '4,no,0'],
    'd.csv, line 3: the target "left" has no value',
  ],
  ['no event', ['3,no,0', '4,no,0'], 'd.csv: expected rows with the event "left", got "no" in all rows'],
  [
    'an event that is neither yes nor no',
    ['3,gone,0', '4,here,0'],
    'd.csv: expected data.positive to name the label of "left"',
  ],
  [
    'a single label that is neither',
    ['3,gone,0', '4,gone,0'],
    'expected yes and no in the event "left", got "gone" in all rows',
  ],
  [
    'three labels',
    ['3,a,0', '4,b,0', '5,c,0'],
    'expected yes and no in the event "left", got 3 labels: "a", "b", "c"',
  ],
  ['an unknown positive label', ['3,a,0', '4,b,0'], 'the positive label "c" never occurs', { positive: 'c' }],
  [
    'a late entry',
    ['3,yes,0', '4,no,4'],
    'd.csv, line 3: expected an entry "start" before the end of the duration, 4, got 4',
    {},
    { entry: 'start' },
  ],
  [
    'a far horizon',
    ['3,yes,0', '4,no,0'],
    'd.csv: expected a horizon of at most 4, the longest duration "days", got 90',
    {},
    { horizons: [2, 90] },
  ],
  ['a missing event', ['3,yes,0'], 'd.csv: event ', {}, { event: 'gone' }],
])('rejects %s', (_, rows, message, ...more) => {
  expect(() => read(rows, ...more)).toThrow(message);
});
