import { parseCsv } from '@churn/io';
import type { DataConfig } from '../config/config';
import { valueTask } from '../task/value-task';
import { toLearnFrom } from './data';
import { tableOf } from './read-table';

const config = { target: 'spend', task: 'value', drop: [], invalidValues: 'missing', unlabelled: 'refuse' };

function read(values: readonly string[], more: object = {}) {
  const text = ['age,spend', ...values.map((value, i) => `${20 + i},${value}`)].join('\n');
  const data = { ...config, duplicates: 'keep', ...more } as object as DataConfig;
  const records = { ...parseCsv(text, { source: 'd.csv' }), sha256: '' };
  return toLearnFrom(valueTask, tableOf(records, data), data);
}

it('reads numbers, and leaves out rows without one if configured', () => {
  expect(Array.from(read(['1.5', '-2', '1e3']).y.values)).toEqual([1.5, -2, 1000]);
  const { y, features, unlabelled, warnings } = read(['1', '', '3', 'NA'], { unlabelled: 'drop' });
  expect([Array.from(y.values), features.nRows, unlabelled]).toEqual([[1, 3], 2, 2]);
  expect(warnings).toContain('"spend": 2 rows have no value and are dropped, first in line 3');
});

/** Forty rows, some with these values in place of numbers. */
const among = (...values: string[]) => [
  '1',
  ...values,
  ...Array.from({ length: 40 - values.length }, (_, i) => `${2 + i}`),
];

it.each([
  [
    'a text',
    among('many'),
    'd.csv, line 3: expected a finite number in the target "spend", got "many"; correct the value, or leave it empty and set data.unlabelled: drop',
  ],
  [
    'texts',
    among('y', 'x', 'x'),
    'line 3: expected a finite number in the target "spend", got "y"; 3 such rows',
  ],
  [
    'an infinite number',
    among('Infinity'),
    'line 3: expected a finite number in the target "spend", got "Infinity"',
  ],
  ['a number beyond all doubles', among('1e999'), 'got "1e999"'],
  ['missing', ['1', '', '2'], 'd.csv, line 3: the target "spend" has no value; training rows need one'],
  ['one value', ['7', '7', '7'], 'd.csv: expected different values in the target "spend", got 7 in all rows'],
])('rejects %s', (_, values, message) => {
  expect(() => read(values)).toThrow(expect.objectContaining({ code: 'invalid-target' }));
  expect(() => read(values)).toThrow(message);
});

it('says that a row with an empty target is dropped, where it is', () => {
  expect(() => read(among('many'), { unlabelled: 'drop' })).toThrow(
    'got "many"; correct the value, or leave it empty to have the row dropped',
  );
});

it('rejects a text column', () => {
  expect(() => read(['low', 'high', 'low'])).toThrow(
    'd.csv, column "spend": expected a number, got "low" in line 2',
  );
});
