import { Labels, Random, Table } from '@churn/core';
import fc from 'fast-check';
import { parseReferenceProfile } from './parse-reference-profile.js';
import { type ColumnReference, referenceProfile } from './reference-profile.js';
import { scoreReference } from './score-reference.js';

const only = (column: ColumnReference): Record<string, unknown> => column;

it('has one cell per value of a column with few values', () => {
  const { columns, rows } = referenceProfile(Table.fromColumns({ n: [2, 1, 2, null, 5, 2] }));
  expect(rows).toBe(6);
  expect(columns).toEqual([
    {
      kind: 'numeric',
      name: 'n',
      breakpoints: [1, 2, 5],
      counts: [1, 3, 1, 0],
      isDiscrete: true,
      missing: 1,
      mean: expect.closeTo(2.4, 12),
      sd: expect.closeTo(Math.sqrt(1.84), 12),
      min: 1,
      max: 5,
    },
  ]);
});

it('has cells with about equally many rows for a column with many values', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);
  const [column] = referenceProfile(Table.fromColumns({ values }), { maxCells: 10 }).columns;
  expect(only(column)).toMatchObject({
    breakpoints: [99, 199, 299, 399, 499, 599, 699, 799, 899, 999],
    counts: [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0],
    isDiscrete: false,
  });
});

it('counts every value even if breakpoints come from a subset', () => {
  const random = new Random(1);
  const values = Float64Array.from({ length: 250_000 }, () => random.normal());
  const [column] = referenceProfile(Table.fromColumns({ values })).columns;
  if (column.kind !== 'numeric') throw new Error('expected numbers');
  expect(column.breakpoints).toHaveLength(200);
  column.breakpoints.forEach((breakpoint, i) => {
    const below = column.counts.slice(0, i + 1).reduce((sum, count) => sum + count, 0);
    if (i % 40 === 0) expect(values.filter((value) => value <= breakpoint)).toHaveLength(below);
    expect(Math.abs(column.counts[i] - 1250)).toBeLessThan(300);
  });
});

it('keeps the most frequent levels', () => {
  const table = Table.fromColumns({ plan: ['b', 'a', 'c', 'a', null, 'd', 'b', 'a'] });
  expect(referenceProfile(table, { maxLevels: 2 }).columns).toEqual([
    { kind: 'category', name: 'plan', levels: ['a', 'b'], counts: [3, 2], others: 2, missing: 1 },
  ]);
});

it('drops no levels as frequent as those it keeps', () => {
  const table = Table.fromColumns({ plan: ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'd'] });
  const kept = (maxLevels: number) => only(referenceProfile(table, { maxLevels }).columns[0]);
  expect(kept(2)).toMatchObject({ levels: ['a'], others: 5 });
  expect(kept(3)).toMatchObject({ levels: ['a', 'b', 'c'], others: 1 });
});

it('survives a round trip through JSON, whatever the values', () => {
  const column = fc.array(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 })), {
    minLength: 12,
    maxLength: 12,
  });
  const levels = fc.array(fc.constantFrom('a', 'b', '__proto__', '', null), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(column, levels, fc.integer({ min: 2, max: 20 }), (numbers, texts, maxCells) => {
      const table = Table.fromColumns([
        ['numbers', numbers],
        ['__proto__', texts],
      ]);
      const profile = referenceProfile(table, { maxCells, maxLevels: 2 });
      expect(parseReferenceProfile(JSON.parse(JSON.stringify(profile)), 'x')).toEqual(profile);
    }),
  );
});

it('does not grow with the table', () => {
  const random = new Random(2);
  const rows = 20_000;
  const table = Table.fromColumns({
    numbers: Float64Array.from({ length: rows }, () => random.normal()),
    texts: Array.from({ length: rows }, (_, row) => `level ${row}`),
  });
  const [numbers, texts] = referenceProfile(table).columns;
  expect(only(numbers).breakpoints).toHaveLength(200);
  expect(only(texts)).toMatchObject({ levels: [], others: 20_000 });
});

it('rejects invalid options', () => {
  const table = Table.fromColumns({ a: [1] });
  expect(() => referenceProfile(table, { maxCells: 1 })).toThrow(
    'maxCells: expected an integer from 2 to 10000, got 1',
  );
  expect(() => referenceProfile([] as unknown as Table)).toThrow('expected a Table');
});

describe('scores', () => {
  const labels = Labels.from(['no', 'no', 'yes', 'yes'], { positive: 'yes' });
  const positive = [0.1, 0.4, 0.35, 0.8];
  const probabilities = [positive.map((p) => 1 - p), positive];

  it('are counted with the rows of the class, with a cell boundary at the threshold', () => {
    const score = scoreReference(probabilities, labels, ['no', 'yes'], { threshold: 0.35 });
    const [{ breakpoints, counts }] = score.probabilities;
    expect(breakpoints).toHaveLength(6);
    expect(breakpoints[1]).toBeLessThan(0.35);
    expect(breakpoints.filter((_, i) => i !== 1)).toEqual([0.1, 0.35, 0.4, 0.8, 1]);
    expect(counts).toEqual([1, 0, 1, 1, 1, 0, 0]);
    expect(score.positives).toEqual([[0, 0, 1, 0, 1, 0, 0]]);
    // scikit-learn's example: the AUC of these scores is 0.75.
    expect(score.figures).toMatchObject({ rocAuc: 0.75, accuracy: 0.75, recall: 1, precision: 2 / 3 });
    const profile = { ...referenceProfile(Table.fromColumns({ a: [1, 2, 3] })), score };
    expect(parseReferenceProfile(JSON.parse(JSON.stringify(profile)), 'x')).toEqual(profile);
  });

  it('know how much those of other fits differ', () => {
    const others = [
      [0.9, 0.5, 0.7, 0.2],
      [0.1, 0.5, 0.3, 0.8],
    ];
    const score = scoreReference(others, null, ['stays', 'leaves'], { otherFits: [others] });
    expect(score.probabilities[0].betweenFits).toEqual({ psi: 0, shift: 0 });
    const profile = { ...referenceProfile(Table.fromColumns({ a: [1, 2, 3] })), score };
    expect(parseReferenceProfile(JSON.parse(JSON.stringify(profile)), 'x')).toEqual(profile);
  });

  it('of more than two classes are counted for each', () => {
    const three = [
      [0.7, 0.2, 0.1],
      [0.2, 0.7, 0.3],
      [0.1, 0.1, 0.6],
    ];
    const score = scoreReference(three, Labels.from(['a', 'b', 'c']), ['a', 'b', 'c']);
    expect(score.probabilities.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(score.positives?.map((each) => each.reduce((sum, count) => sum + count, 0))).toEqual([1, 1, 1]);
    expect(score).toMatchObject({ threshold: null, figures: { accuracy: 1, f1: 1, rocAuc: 1 } });
  });

  it('may be without labels', () => {
    expect(scoreReference(probabilities, null, [false, true])).toMatchObject({
      positives: null,
      figures: null,
      rows: 4,
    });
  });

  it('are rejected if invalid', () => {
    const of = (columns: number[][], classes = ['no', 'yes']) => scoreReference(columns, labels, classes);
    expect(() => of([[0.1]])).toThrow('expected probabilities of 2 classes, one array per class, got 1');
    expect(() => of([[0.1], [0.2, 0.3]])).toThrow('expected 1 probabilities of each class, got 2');
    expect(() => of([[0.5], [NaN]])).toThrow('row 0: expected a probability from 0 to 1, got NaN');
    expect(() => of([[0.5], [0.5]])).toThrow('expected 1 labels, one per score, got 4');
    expect(() => of(probabilities, ['no', 'maybe'])).toThrow('row 2 has the label "yes"');
  });
});

describe('a damaged profile', () => {
  const table = Table.fromColumns({ n: [1, 2, 2], c: ['a', 'b', 'b'] });
  const whole = {
    ...referenceProfile(table),
    score: scoreReference(
      [
        [0.4, 0.6],
        [0.6, 0.4],
      ],
      Labels.from([true, false]),
      [false, true],
    ),
  };
  const [n, c] = whole.columns as unknown as Record<string, unknown>[];
  const damages: [string, unknown][] = [
    ['format', { ...whole, format: 2 }],
    ['rows', { ...whole, rows: -1 }],
    ['counts', { ...whole, rows: 4 }],
    ['columns', { ...whole, columns: [n, n] }],
    ['breakpoints', { ...whole, columns: [{ ...n, breakpoints: [2, 1] }] }],
    ['counts', { ...whole, columns: [{ ...n, counts: [1, 2] }] }],
    ['counts', { ...whole, columns: [{ ...n, counts: [1.5, 1.5, 0] }] }],
    ['max', { ...whole, columns: [{ ...n, max: 0 }] }],
    ['levels', { ...whole, columns: [{ ...c, levels: ['a', 'a'] }] }],
    ['others', { ...whole, columns: [{ ...c, others: -1 }] }],
    ['score', { ...whole, score: undefined }],
    ['classes', { ...whole, score: { ...whole.score, classes: ['a'] } }],
    ['positives', { ...whole, score: { ...whole.score, positives: [[9, 9, 9]] } }],
    ['threshold', { ...whole, score: { ...whole.score, threshold: null } }],
    ['figures', { ...whole, score: { ...whole.score, figures: null } }],
    ['accuracy', { ...whole, score: { ...whole.score, figures: { ...whole.score.figures, accuracy: 'x' } } }],
  ];

  it.each(damages)('is rejected for its %s', (field, damaged) => {
    const parse = () => parseReferenceProfile(JSON.parse(JSON.stringify(damaged)), 'model.json: reference');
    expect(parse).toThrow(`"${field}"`);
    expect(parse).toThrow('model.json: reference');
  });
});
