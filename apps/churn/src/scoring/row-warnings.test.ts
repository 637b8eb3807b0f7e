import { type Cell, type Classifier, type FittedPipeline, Pipeline, Table } from '@churn/core';
import type { DatasetSchema } from '@churn/io';
import {
  BaggedClassifier,
  CalibratedClassifier,
  LogisticRegression,
  StackingClassifier,
  VotingClassifier,
} from '@churn/models';
import { ThresholdClassifier } from '@churn/selection';
import {
  CategoryEncoder,
  DateParts,
  MeanImputer,
  ModeImputer,
  onColumns,
  ValueMapper,
} from '@churn/transforms';
import fc from 'fast-check';
import { explainerOf } from '../explanation/explainer';
import { rowWarnings } from './row-warnings';
import { totalText, WarningTotals } from './warning-totals';

const SCHEMA: DatasetSchema = [
  { name: 'plan', kind: 'category', levels: ['basic', 'plus', 'gold'] },
  { name: 'age', kind: 'numeric', integer: true, min: 0, nullable: false },
  { name: 'spent', kind: 'numeric', max: 1e6 },
  { name: 'joined', kind: 'date' },
];
const train = Table.fromColumns({
  plan: Array.from({ length: 40 }, (_, i) => ['basic', 'plus'][i % 2]),
  age: Array.from({ length: 40 }, (_, i) => 20 + i),
  spent: Array.from({ length: 40 }, (_, i) => i * 10),
  joined: Array.from({ length: 40 }, (_, i) => `2024-01-${10 + (i % 20)}`),
});

function fit(x: Table, dates: readonly string[] = []) {
  const y = Array.from({ length: x.nRows }, (_, i) => i % 2);
  const steps = [
    ...(dates.length > 0 ? [new DateParts({ columns: dates, parts: ['month'] })] : []),
    ...[new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })],
  ];
  return new Pipeline(steps, new LogisticRegression()).fit(x, y);
}

const judge = rowWarnings({ model: fit(train, ['joined']), schema: SCHEMA });
const textsOf = (row: Readonly<Record<string, Cell>>) => judge.ofRow(row).map(({ text }) => text);
const good = { plan: 'basic', age: 30, spent: 12.5, joined: '2030-12-31' };

describe('rowWarnings', () => {
  it('is empty for a row like those of training, even with a new date or a missing value', () => {
    expect(textsOf(good)).toEqual([]);
    expect(textsOf({ ...good, plan: null, joined: null })).toEqual([]);
  });

  it.each([
    [{ plan: 'gold' }, ['plan is "gold", not seen in training']],
    // A level or a number that violates a rule has no second warning, although it is also unseen or far.
    [{ plan: 'Plus' }, ['plan is "Plus", expected one of "basic", "plus", "gold"']],
    [{ age: -40.5 }, ['age is -40.5, expected 0 or more', 'age is -40.5, expected an integer']],
    [{ age: null }, ['age is unknown, expected a value']],
    // Training has seen 0 to 390: five times as far beyond is 2340.
    [{ spent: 2340 }, []],
    [{ spent: 2341 }, ['spent is 2341, far beyond the training range (0 to 390)']],
    [{ spent: 2e6 }, ['spent is 2000000, expected 1000000 or less']],
    [{ spent: -1951 }, ['spent is -1951, far beyond the training range (0 to 390)']],
    [
      { plan: null, spent: null, joined: null },
      ['most columns are empty, even those that were nearly always filled in training'],
    ],
    [{ plan: null, spent: null }, []],
  ] as const)('reports %j: %j', (odd, texts) => {
    expect(textsOf({ ...good, ...odd })).toEqual(texts);
  });

  const parts = new DateParts({ columns: ['joined'], parts: ['month'] });
  const rest = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
  const member = new Pipeline([parts, ...rest], new LogisticRegression()) as unknown as Classifier;
  it.each([
    ['an ensemble', new Pipeline([], new VotingClassifier({ classifiers: [member, member] }))],
    ['a stack', new Pipeline([], new StackingClassifier({ classifiers: [member], cv: 2 }))],
    ['bagged models', new Pipeline([], new BaggedClassifier({ classifier: member, cv: 2 }))],
    [
      'a calibrated ensemble',
      new Pipeline(
        [],
        new CalibratedClassifier({ classifier: new VotingClassifier({ classifiers: [member] }), cv: 2 }),
      ),
    ],
    ['a model with a threshold', new Pipeline([], new ThresholdClassifier({ classifier: member, cv: 2 }))],
    [
      'a step on some columns',
      new Pipeline([onColumns(['joined'], parts), ...rest], new LogisticRegression()),
    ],
  ])('does not take a new date for an unseen category: %s', (_, pipeline) => {
    const y = Array.from({ length: train.nRows }, (_, i) => (i * 7) % 3 > 1);
    const model = pipeline.fit(train, y) as FittedPipeline<never>;
    const { ofRow } = rowWarnings({ model, schema: SCHEMA });
    expect(ofRow({ ...good, plan: 'gold' }).map(({ text }) => text)).toEqual([
      'plan is "gold", not seen in training',
    ]);
    const row = Table.fromColumns({ plan: ['gold'], age: [30], spent: [12.5], joined: ['2030-12-31'] });
    const [{ reasons }] = explainerOf(model)(row);
    const texts = reasons.map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringMatching(/^plan is "gold", not seen in training: /));
    expect(texts).toContainEqual(expect.stringMatching(/^joined is 2030-12-31: /));
  });

  it('does not take a level for unseen if the processing replaces it by a seen one, or by a missing value', () => {
    const mapper = new ValueMapper({ plan: { B: 'basic', plus: '+', P: '+', '?': null, G: 'gold' } });
    const mapped = new Pipeline([parts, mapper, ...rest], new LogisticRegression()) as unknown as Classifier;
    const y = Array.from({ length: train.nRows }, (_, i) => i % 2);
    const pipeline = new Pipeline([], new VotingClassifier({ classifiers: [mapped] }));
    const { ofRow } = rowWarnings({
      model: pipeline.fit(train, y),
      schema: SCHEMA.map(({ name, kind }) => ({ name, kind })),
    });
    const unseen = ['basic', 'plus', 'B', 'P', '?', 'G', 'gold', '+'].filter(
      (plan) => ofRow({ ...good, plan }).length > 0,
    );
    expect(unseen).toEqual(['G', 'gold']);
  });

  it('considers a row mostly empty only by columns that training rows had values in', () => {
    const gaps = Table.fromColumns({
      a: [1, null, null, 4, 5, 6],
      b: [1, 2, null, null, 5, 6],
      c: [1, 2, 3, 4, 5, 6],
    });
    const { ofRow } = rowWarnings({
      model: fit(gaps),
      schema: ['a', 'b', 'c'].map((name) => ({ name, kind: 'numeric' })),
    });
    expect(ofRow({ a: null, b: null, c: 3 })).toEqual([]);
  });

  it('uses only the rules if a model file does not describe its training rows', () => {
    const { schema, steps, model } = fit(train.select(['plan', 'age', 'spent']));
    const old = rowWarnings({ model: { schema, steps, model } as never, schema: SCHEMA.slice(0, 3) });
    expect(old.ofRow({ plan: 'gold', age: 30, spent: 9e5 })).toEqual([]);
    expect(old.ofRow({ plan: 'none', age: 30, spent: 0 })).toHaveLength(1);
  });
});

const cells = (plan: fc.Arbitrary<string>, number: fc.Arbitrary<number>) =>
  fc.record({ plan: fc.option(plan), age: fc.option(number), spent: fc.option(number) });
const tableOf = (rows: readonly Readonly<Record<string, Cell>>[]) =>
  Table.fromColumns(
    ['plan', 'age', 'spent'].map((name) => {
      const values = rows.map((row) => row[name]);
      if (name === 'plan') {
        const levels = [...new Set(values.filter((value) => value !== null))] as string[];
        const codes = Int32Array.from(values, (value) => levels.indexOf(value as string));
        return [name, { kind: 'category', codes, levels }] as const;
      }
      return [
        name,
        { kind: 'numeric', values: Float64Array.from(values, (value) => (value ?? NaN) as number) },
      ] as const;
    }),
    rows.length,
  );
const NUMBER = fc.constantFrom(-3000, -0.5, 0, 20, 30, 59, 400, 2400, 1e7, Infinity);

it('the warnings of a batch are those of each row alone', () => {
  const { ofTable, ofRow } = rowWarnings({
    model: fit(train.select(['plan', 'age', 'spent'])),
    schema: SCHEMA.slice(0, 3),
  });
  const row = cells(fc.constantFrom('basic', 'plus', 'gold', 'Basic', ''), NUMBER);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const x = tableOf(rows);
      const whole = ofTable(x);
      rows.forEach((each, i) => {
        expect(whole.get(i) ?? []).toEqual(ofRow(each));
        expect(ofTable(x.take([i])).get(0) ?? []).toEqual(ofRow(each));
      });
    }),
  );
});

it('a training row has no warning', () => {
  const row = cells(fc.constantFrom('a', 'b', 'c'), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const schema: DatasetSchema = SCHEMA.slice(0, 3).map(({ name, kind }) => ({ name, kind }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 6, maxLength: 20 }), (rows) => {
      const x = tableOf(rows);
      const { schema: columns, summary } = new Pipeline([]).fit(x);
      const found = rowWarnings({ model: { schema: columns, steps: [], summary } as never, schema }).ofTable(
        x,
      );
      expect([...found]).toEqual([]);
    }),
  );
});

it('totals count the rows of each warning, and name the first few values', () => {
  const totals = new WarningTotals();
  const rows = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g'].map((plan) => ({ ...good, plan: `new ${plan}` }));
  const { ofRow } = rowWarnings({
    model: fit(train, ['joined']),
    schema: SCHEMA.map(({ name, kind }) => ({ name, kind })),
  });
  for (const row of [...rows, good]) totals.add(ofRow(row));
  expect(totals.rows).toBe(8);
  expect(totals.all).toEqual([
    {
      kind: 'unseen',
      column: 'plan',
      detail: 'not seen in training',
      rows: 8,
      values: ['new a', 'new b', 'new c', 'new d', 'new e'],
      hasMoreValues: true,
    },
  ]);
  expect(totals.all.map(totalText)).toEqual([
    'column "plan": "new a", "new b", "new c", "new d", "new e", … in 8 rows, not seen in training',
  ]);
  const few = new WarningTotals();
  for (const row of [...rows.slice(0, 5), { ...good, spent: 5000 }]) few.add(ofRow(row));
  expect(few.all).toEqual([
    expect.not.objectContaining({ hasMoreValues: true }),
    expect.objectContaining({ column: 'spent', values: [5000] }),
  ]);
  few.merge(totals);
  expect(few.all[0]).toEqual({ ...totals.all[0], rows: 13 });
});
