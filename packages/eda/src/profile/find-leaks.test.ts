import { log, Random, Table, TargetValues } from '@churn/core';
import { findLeaks } from './find-leaks.js';

const N = 400;
const random = new Random(1);
const left = Array.from({ length: N }, (_, i) => i % 5 === 0);
const noise = left.map(() => random.uniform());
const found = (column: (number | string | null)[], name = 'x', target = 'left') =>
  findLeaks(Table.fromColumns({ [name]: column, noise }), left, { target });
const day = (i: number) => `2024-0${1 + (i % 9)}-1${i % 10}`;

describe('detects columns that separate the classes alone', () => {
  it.each<[string, (number | string | null)[], 'values' | 'gaps']>([
    ['numbers, increasing', left.map((is, i) => (is ? 1000 + i : i)), 'values'],
    ['numbers, decreasing', left.map((is, i) => (is ? -1 - i : i)), 'values'],
    ['numbers without order', left.map((is, i) => (is ? 3 : [1, 2, 4, 5][i % 4])), 'values'],
    ['categories', left.map((is, i) => (is ? 'gone' : ['here', 'there'][i % 2])), 'values'],
    ['dates, by their order', left.map((is, i) => (is ? `2025${day(i).slice(4)}` : day(i))), 'values'],
    ['numbers present for one class', left.map((is, i) => (is ? i : null)), 'gaps'],
    ['categories missing for one class', left.map((is, i) => (is ? null : 'ab'[i % 2])), 'gaps'],
    ['dates present for one class', left.map((is, i) => (is ? day(i) : null)), 'gaps'],
  ])('%s', (_, column, by) => {
    expect(found(column)).toEqual([
      {
        column: 'x',
        auc: 1,
        by,
        message: expect.stringMatching(/^"x": .*an AUC of 1\.0000; is it known only after the event\?$/),
      },
    ]);
  });
});

describe('detects nothing in', () => {
  it.each<[string, (number | string | null)[]]>([
    ['IDs', left.map((_, i) => `c-${i}`)],
    ['columns without values', left.map(() => null)],
    ['one value', left.map(() => 'a')],
    ['good columns', left.map((is) => (is ? 2 : 0) + random.normal())],
    ['few numbers that are separated by chance', left.map((is, i) => (i < 12 ? Number(is) : null))],
    ['dates with missing values in both classes', left.map((_, i) => (i % 2 === 0 ? day(i) : null))],
  ])('%s', (_, column) => {
    expect(found(column)).toEqual([]);
  });

  it('too few rows to exclude chance', () => {
    const few = left.slice(0, 19);
    expect(findLeaks(Table.fromColumns({ x: few.map(Number) }), few)).toEqual([]);
    const one = left.map((_, i) => i < 4);
    expect(findLeaks(Table.fromColumns({ x: one.map(Number) }), one)).toEqual([]);
  });
});

describe('has lower thresholds for', () => {
  // Wrong of one row in twenty.
  const strong = left.map((is, i) => Number(i % 20 === 1 ? !is : is));
  const loose = left.map((is, i) => (is && i % 10 < 5 ? day(i) : null));

  it.each(['account_status', 'closedOn', 'Exit Date', 'churnValue', 'CANCELLED', 'leftover_amount'])(
    'a column named %s',
    (name) => {
      expect(found(strong, name).map(({ column }) => column)).toEqual(
        name === 'leftover_amount' ? [] : [name],
      );
    },
  );

  it('a column named like the target', () => {
    expect(found(strong, 'defaulted_amount', 'default')).toMatchObject([
      { column: 'defaulted_amount', message: expect.stringContaining('named like an outcome') },
    ]);
    expect(found(strong, 'amount', 'default')).toEqual([]);
  });

  it('a date named like an outcome', () => {
    const late = left.map((is, i) => ((is ? i % 10 < 6 : i % 10 < 2) ? `2025${day(i).slice(4)}` : day(i)));
    expect(found(late, 'status_date').map(({ column }) => column)).toEqual(['status_date']);
    expect(found(late, 'birth_date')).toEqual([]);
  });

  it('a date that is present for most of one class, but not a number like it', () => {
    expect(found(loose)).toEqual([
      {
        column: 'x',
        auc: expect.closeTo(0.75, 10),
        by: 'gaps',
        message:
          '"x": a date that one class has 50.0% more often than the others; is it known only after the event?',
      },
    ]);
    expect(found(loose.map((each) => (each === null ? null : 1)))).toEqual([]);
  });
});

describe('for regression', () => {
  const amounts = left.map(() => 100 + 40 * random.normal());
  const y = TargetValues.from(amounts);
  const foundOf = (column: (number | string | null)[], name = 'x') =>
    findLeaks(Table.fromColumns({ [name]: column, noise }), y, { target: 'spend' });

  it.each<[string, (number | string | null)[]]>([
    ['a copy', amounts],
    [
      'a copy with a fee and some missing values',
      amounts.map((each, i) => (i % 20 === 0 ? null : 1.19 * each + 3)),
    ],
    ['its logarithm, decreasing', amounts.map((each) => -log(each + 1000))],
    ['categories of its deciles', tenths(amounts).map((tenth) => `tier ${(tenth * 7) % 10}`)],
  ])('finds %s', (_, column) => {
    expect(foundOf(column)).toEqual([
      {
        column: 'x',
        auc: expect.any(Number),
        by: 'values',
        message: expect.stringMatching(
          /^"x": alone separates neighbouring deciles of the target with an AUC of (1\.0|0\.99)\d+; is it known only after the event\?$/,
        ),
      },
    ]);
  });

  it('detects nothing in valid columns, or in few rows', () => {
    // A correlation of 0.99.
    const good = amounts.map((each) => each + 40 * 0.1425 * random.normal());
    expect(foundOf(good)).toEqual([]);
    expect(foundOf(good, 'final_amount').map(({ column }) => column)).toEqual(['final_amount']);
    expect(foundOf(left.map(Number))).toEqual([]);
    const few = TargetValues.from(amounts.slice(0, 15));
    expect(findLeaks(Table.fromColumns({ x: amounts.slice(0, 15) }), few)).toEqual([]);
  });

  it('accepts target values that are mostly equal', () => {
    const mostly = amounts.map((each, i) => (i % 3 === 0 ? each : 0));
    const table = Table.fromColumns({ same: mostly, noise });
    expect(findLeaks(table, TargetValues.from(mostly)).map(({ column }) => column)).toEqual(['same']);
    expect(findLeaks(table, TargetValues.from(left.map(() => 1)))).toEqual([]);
  });
});

function tenths(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => Math.floor((10 * sorted.indexOf(value)) / values.length));
}

it('orders columns by strength, for any number of classes', () => {
  const y = Array.from({ length: N }, (_, i) => 'abcd'[i % 4]);
  const table = Table.fromColumns({
    noise,
    some: y.map((label) => (label === 'a' ? 'yes' : 'no')),
    all: y.map((label) => `<${label}>`),
    target: y,
  });
  expect(findLeaks(table, y, { target: 'target' })).toMatchObject([{ column: 'all', auc: 1, by: 'values' }]);
});

it('samples long tables, with the whole small class', () => {
  const n = 200_000;
  const rare = Uint8Array.from({ length: n }, (_, i) => (i % 20_000 === 7 ? 1 : 0));
  const table = Table.fromColumns({
    leak: Float64Array.from(rare),
    noise: Float64Array.from(rare, () => random.uniform()),
  });
  expect(findLeaks(table, rare).map(({ column, auc }) => [column, auc])).toEqual([['leak', 1]]);
});

it('is reproducible by its seed, and rejects a different number of labels', () => {
  const table = Table.fromColumns({ leak: left.map(Number) });
  expect(findLeaks(table, left, { seed: 3 })).toEqual(findLeaks(table, left, { seed: 3 }));
  expect(() => findLeaks(table, left.slice(1))).toThrow('expected 400 labels, one per row, got 399');
});
