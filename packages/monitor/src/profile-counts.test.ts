import { Random, Table } from '@churn/core';
import { ProfileCounts } from './profile-counts.js';
import { referenceProfile } from './reference-profile.js';
import { scoreReference } from './score-reference.js';

const CLASSES = ['no', 'yes'];

function draw(rows: number, seed: number) {
  const random = new Random(seed);
  const column = (missing: number) =>
    Float64Array.from({ length: rows }, () => (random.uniform() < missing ? NaN : random.normal()));
  const table = Table.fromColumns({
    age: column(0.1),
    plan: Array.from({ length: rows }, () => [null, 'a', 'b', `rare ${random.int(20)}`][random.int(4)]),
    balance: column(0),
  });
  const positive = Float64Array.from({ length: rows }, () => random.uniform());
  return { table, probabilities: [positive.map((p) => 1 - p), positive] };
}

const { table: training, probabilities: scores } = draw(500, 1);
const reference = {
  ...referenceProfile(training, { maxCells: 20, maxLevels: 15 }),
  score: scoreReference(scores, null, CLASSES, { maxCells: 10 }),
};

/** All counts, for comparison. */
function told({ rows, columns, scores }: ProfileCounts) {
  return {
    rows,
    columns: columns.map((each) => {
      const { missing, counts } = each;
      if (each.kind === 'category') return [missing, [...counts], each.unseen, [...each.unseenLevels]];
      const { below, above, depth, height, mean } = each;
      return [missing, [...counts], below, above, ...[depth, height, mean].map((x) => expect.closeTo(x, 9))];
    }),
    scores: scores?.sums.map((sums) =>
      Object.values(sums).map((each) => [...each].map((x) => expect.closeTo(x, 9))),
    ),
  };
}

it('counts the rows of the reference as in the reference', () => {
  const counts = new ProfileCounts(reference);
  counts.add(training, scores);
  expect(counts.rows).toBe(500);
  counts.columns.forEach((each, i) => {
    const column = reference.columns[i];
    expect([...each.counts]).toEqual(column.counts);
    expect(each.missing).toBe(column.missing);
    if (each.kind === 'numeric')
      expect(each).toMatchObject({ below: 0, above: 0, mean: expect.closeTo(each.reference.mean, 12) });
    else expect(each.unseen).toBe(column.kind === 'category' && column.others);
  });
  expect([...(counts.scores?.probabilities[0].counts ?? [])]).toEqual(
    reference.score.probabilities[0].counts,
  );
});

it('is the same for a table, single rows and merged parts', () => {
  const { table, probabilities } = draw(300, 2);
  const atOnce = new ProfileCounts(reference);
  atOnce.add(table, probabilities);

  const oneByOne = new ProfileCounts(reference);
  table.toRows().forEach((row, i) => {
    const ofRow = probabilities.map((column) => column[i]);
    oneByOne.addRow(Object.values(row), ofRow);
  });
  expect(oneByOne.rows).toBe(300);

  const rowsOf = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const merged = new ProfileCounts(reference);
  for (const [from, to] of [
    [0, 100],
    [100, 101],
    [101, 300],
  ]) {
    const part = new ProfileCounts(JSON.parse(JSON.stringify(reference)));
    part.add(
      table.take(rowsOf(from, to)),
      probabilities.map((column) => column.slice(from, to)),
    );
    merged.merge(part);
  }
  const plain = (counts: ProfileCounts) => counts.columns.map((each) => [...each.counts, each.missing]);
  expect(plain(oneByOne)).toEqual(plain(atOnce));
  expect(plain(merged)).toEqual(plain(atOnce));
  for (const other of [oneByOne, merged]) {
    const { scores: found } = other;
    expect(found?.rows).toBe(300);
    expect(found?.sums.map((sums) => Object.values(sums).map((each: Float64Array) => [...each]))).toEqual(
      told(atOnce).scores,
    );
    other.columns.forEach((each, i) => {
      const one = atOnce.columns[i];
      if (each.kind === 'numeric' && one.kind === 'numeric') {
        expect([each.below, each.above]).toEqual([one.below, one.above]);
        expect(each.mean).toBeCloseTo(one.mean, 9);
        expect(each.depth).toBeCloseTo(one.depth, 9);
        expect(each.height).toBeCloseTo(one.height, 9);
      }
      if (each.kind === 'category' && one.kind === 'category') {
        expect(each.unseen).toBe(one.unseen);
        expect(each.unseenLevels.size).toBe(one.unseenLevels.size);
      }
    });
  }
  atOnce.clear();
  expect(told(atOnce)).toEqual({ ...told(new ProfileCounts(reference)) });
});

it('counts values beyond the reference', () => {
  const small = referenceProfile(Table.fromColumns({ n: [1, 2, 4], plan: ['a', 'b', 'a'] }));
  const counts = new ProfileCounts(small);
  counts.add(
    Table.fromColumns({ n: [0, -1, 3, 4, 10, Infinity, null], plan: ['c', 'a', 'c', null, 'd', 'b', 'b'] }),
  );
  const [n, plan] = counts.columns;
  // Cells: up to 1, up to 2, up to 4, above.
  expect([...n.counts]).toEqual([2, 0, 2, 2]);
  expect(n).toMatchObject({
    below: 2,
    above: 2,
    depth: 3,
    height: 6,
    missing: 1,
    mean: expect.closeTo(16 / 5, 12),
  });
  expect([...plan.counts]).toEqual([1, 2]);
  expect(plan).toMatchObject({
    unseen: 3,
    missing: 1,
    unseenLevels: new Map([
      ['c', 2],
      ['d', 1],
    ]),
  });
});

it('accepts any value if the reference has none', () => {
  const empty = referenceProfile(Table.fromColumns({ n: Float64Array.of(NaN, NaN) }));
  const counts = new ProfileCounts(empty);
  counts.add(Table.fromColumns({ n: [1, 2] }));
  expect(counts.columns[0]).toMatchObject({ counts: Float64Array.of(2), below: 0, above: 0, mean: 1.5 });
});

it('names few unseen levels, however many there are', () => {
  const counts = new ProfileCounts(referenceProfile(Table.fromColumns({ plan: ['a'] })));
  for (let i = 0; i < 1000; i++) counts.addRow([`level ${i}`]);
  const [plan] = counts.columns;
  expect(plan).toMatchObject({ unseen: 1000, unseenLevels: { size: 20 } });
});

describe('invalid rows are rejected, and nothing is counted', () => {
  const counts = new ProfileCounts(reference);
  const { table, probabilities } = draw(3, 3);
  const row = [1, 'a', 2];

  it.each([
    ['a table without a column', () => counts.add(table.drop(['plan'])), 'column "plan" is missing'],
    [
      'a column of another kind',
      () => counts.add(table.with({ plan: [1, 2, 3] })),
      'column "plan": expected categories, got numbers',
    ],
    [
      'scores of different rows',
      () => counts.add(table, [[0.1], [0.9]]),
      'expected predictions for the 3 rows of the table, got 1',
    ],
    [
      'scores of other classes',
      () => counts.add(table, [probabilities[0]]),
      'expected probabilities of 2 classes',
    ],
    ['an invalid score', () => counts.addRow(row, [0.5, 1.5]), 'expected a probability from 0 to 1, got 1.5'],
    ['too few values', () => counts.addRow([1, 'a']), 'expected 3 values, got 2'],
    [
      'text among numbers',
      () => counts.addRow(['1', 'a', 2]),
      'column "age": expected a number, got the string "1"',
    ],
    [
      'a number among texts',
      () => counts.addRow([1, 2, 2]),
      'column "plan": expected text, got the number 2',
    ],
    [
      'counts of other cells',
      () => counts.merge(new ProfileCounts(referenceProfile(table))),
      'expected counts of the same reference',
    ],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
    expect(told(counts)).toEqual(told(new ProfileCounts(reference)));
  });
});
