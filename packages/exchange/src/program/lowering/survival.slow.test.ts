import { type FittedPipeline, type FittedSurvivalModel, Pipeline, Random, type Row } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier } from '@churn/models';
import {
  CoxRegression,
  DiscreteTimeHazards,
  expectedRemainingTime,
  medianRemainingTime,
  probabilityWithin,
} from '@churn/survival';
import { MeanImputer, SelectColumns, StandardScaler } from '@churn/transforms';
import { columnInputs, runOnnx, WHERE_PEERS, withPeers } from '../../../test/onnx/run-onnx.js';
import { toOnnx } from '../../onnx/to-onnx.js';
import { ENGINES } from '../../sql/testing/engine.js';
import { toSql } from '../../sql/to-sql.js';
import { expectedRows, requireClose } from '../../testing/close-rows.js';
import { runRows } from '../../testing/run-module.js';
import { sampleTable } from '../../testing/sample-tables.js';
import { lower } from './lower.js';
import { remainingOf } from './survival.js';

const withGroups = (table: ReturnType<typeof sampleTable>, groups: string) =>
  table.with({ group: Array.from({ length: table.nRows }, (_, row) => groups[row % groups.length]) });
const train = withGroups(sampleTable({ nRows: 200, seed: 1 }), 'ab');
// Includes an unseen stratum.
const wild = withGroups(sampleTable({ nRows: 200, seed: 2, wild: true }), 'abc');
const random = new Random(6);
const draw = (most: number) => Array.from({ length: train.nRows }, () => 1 + random.int(most));
const y = { durations: draw(40), events: draw(3).map((each) => each > 1) };
const horizons = [1, 10, 25, 60];

const numeric = [new SelectColumns({ kind: 'numeric' }), new MeanImputer(), new StandardScaler()];
const stratified = [new SelectColumns(['a', 'group']), new MeanImputer()];
const cox = new CoxRegression({ alpha: 0.01 });
const tried: readonly [string, FittedPipeline<FittedSurvivalModel>][] = [
  ['a Cox regression', new Pipeline(numeric, cox).fit(train, y)],
  [
    'a Cox regression by strata',
    new Pipeline(stratified, new CoxRegression({ strata: ['group'] })).fit(train, y),
  ],
  ...(
    [
      ['a logistic regression', numeric, new LogisticRegression()],
      ['boosting', [], new GradientBoostingClassifier({ nEstimators: 5 })],
      ['a forest', numeric, new RandomForestClassifier({ nEstimators: 3 })],
    ] as const
  ).map(([name, steps, classifier]): [string, FittedPipeline<FittedSurvivalModel>] => [
    `hazards of ${name}`,
    new Pipeline(steps, new DiscreteTimeHazards({ classifier, nIntervals: 5 })).fit(train, y),
  ]),
];

const remaining = ['expected', 'median'] as const;
const names = [
  ...horizons.map((horizon) => `left_within_${horizon}`),
  'left_expected_time',
  'left_median_time',
];
const since = Float64Array.from({ length: wild.nRows }, (_, row) => (row * 7) % 45);
const x = wild.with({ elapsed: since });
/** The predictions of the model for each row, by `names`; `undefined` if it is rejected. */
const toldOf = (fitted: FittedPipeline<FittedSurvivalModel>, elapsed: string | undefined) =>
  expectedRows(x, (part) => {
    const own = elapsed === undefined ? {} : { elapsed: part.numeric('elapsed') };
    const given = fitted.transform(part);
    const columns = [
      ...probabilityWithin(fitted.model, given, horizons, own),
      expectedRemainingTime(fitted.model, given, own),
      medianRemainingTime(fitted.model, given, own).map((time) => (time < Infinity ? time : NaN)),
    ];
    return Array.from({ length: part.nRows }, (_, row) => columns.map((column) => column[row]));
  });

describe.each(tried)('of %s', (_, fitted) => {
  it.each([
    ['from the start', undefined],
    ['from now on', 'elapsed'],
  ])('a program returns the probability within each horizon and the remaining time, %s', (__, elapsed) => {
    const expected = toldOf(fitted, elapsed);
    const options = { horizons, remaining, prefix: 'left_', ...(elapsed && { elapsed }) };
    const received = runRows(fitted, x.toRows(), options);
    expect(received.filter((row) => row !== undefined).length).toBeGreaterThan(40);
    received.forEach((row, at) => {
      const own = expected[at];
      if (own === undefined || row === undefined) expect([at, row]).toEqual([at, own]);
      else {
        expect(Object.keys(row)).toEqual(names);
        own.forEach((value, i) => {
          requireClose(row[names[i]] ?? NaN, value, `row ${at}, ${names[i]}`);
        });
      }
    });
    const medians = expected.flatMap((row) => (row ? [row[names.length - 1]] : []));
    expect(new Set(medians).size).toBeGreaterThan(3);
  });
});

it('return the same in DuckDB', async () => {
  const [{ start }] = ENGINES;
  const engine = await start();
  const table = {
    columns: x.names.map((name) => ({
      name,
      kind: x.column(name).kind === 'numeric' ? ('number' as const) : ('text' as const),
    })),
    rows: x.toRows().map((row) => x.names.map((name) => (row[name] ?? null) as number | string | null)),
  };
  for (const [name, fitted] of tried.slice(1, 3)) {
    const program = lower(fitted, { horizons, remaining, elapsed: 'elapsed' });
    const view = toSql(program, { dialect: 'duckdb', from: 'raw', view: 'scored', predicts: 'left' });
    const received = await engine.score(table, view);
    toldOf(fitted, 'elapsed').forEach((row, at) => {
      (row ?? names.map(() => NaN)).forEach((told, i) => {
        requireClose(received[at][i] ?? NaN, told, `${name}, row ${at}, ${names[i]}`);
      });
    });
  }
});

withPeers(`survival models in onnxruntime${WHERE_PEERS}`, () => {
  it('return the probability within each horizon and the remaining time, from the start and from now', () => {
    const asked = tried.flatMap(([name, fitted]) =>
      [undefined, 'elapsed'].map((elapsed) => ({ name, fitted, elapsed })),
    );
    const found = runOnnx(
      asked.map(({ fitted, elapsed }) => {
        const program = lower(fitted, { horizons, remaining, ...(elapsed && { elapsed }) });
        const read = x.select(program.inputs.map((id) => program.columns[id].name));
        return { model: toOnnx(program), inputs: columnInputs(read) };
      }),
    );
    asked.forEach(({ name, fitted, elapsed }, job) => {
      expect(found[job].numbers.shape).toEqual([wild.nRows, names.length]);
      toldOf(fitted, elapsed).forEach((row, at) => {
        names.forEach((column, h) => {
          const received = Number(found[job].numbers.values[at * names.length + h]);
          const told = row ? row[h] : NaN;
          const isSame = Number.isNaN(told) ? Number.isNaN(received) : Math.abs(received - told) < 1e-9;
          expect([name, elapsed, at, column, received, told, isSame]).toEqual([
            name,
            elapsed,
            at,
            column,
            received,
            told,
            true,
          ]);
        });
      });
    });
  });
});

it('rejects the expected time of a baseline with too many steps, by name', () => {
  const durations = draw(40).map((time) => time + random.uniform());
  const fitted = new Pipeline(numeric, cox).fit(train, { durations, events: durations.map(() => true) });
  expect(remainingOf(fitted)).toEqual(remaining);
  const twice = train.concat(train);
  const many = {
    durations: [...durations, ...durations.map((time) => time + 0.5)],
    events: Array(400).fill(true),
  };
  const long = new Pipeline(numeric, cox).fit(twice, many);
  expect(() => lower(long, { horizons, remaining: ['expected'] })).toThrow(
    /^the expected time of CoxRegression: cannot be exported because its baseline has more than 200 steps/,
  );
  expect(remainingOf(long)).toEqual(['median']);
  expect(() => lower(long, { horizons, remaining: ['median'] })).not.toThrow();
});

it('rejects rows without an elapsed time, and requires horizons', () => {
  const fitted = new Pipeline(numeric, cox).fit(train, y);
  const [row] = train.toRows();
  const rows: Row[] = [row, { ...row, elapsed: -1 }, { ...row, elapsed: 3 }];
  const received = runRows(fitted, rows, { horizons: [5], elapsed: 'elapsed' });
  expect(received.map((each) => each && Object.keys(each))).toEqual([undefined, undefined, ['within_5']]);
  expect(() => lower(fitted)).toThrow('horizons: expected the horizons of the survival model');
  expect(() => lower(fitted, { horizons: [0] })).toThrow(
    'horizons: expected a list of one or more distinct numbers above 0',
  );
  const sql = toSql(lower(fitted, { horizons: [5, 9] }), { dialect: 'duckdb', from: 't', predicts: 'x' });
  expect(sql).toMatch(/within_5[\s\S]*within_9/);
  const graph = toOnnx(lower(fitted, { horizons: [5, 9], elapsed: 'elapsed' }));
  expect(Buffer.from(graph).includes('["within_5","within_9"]')).toBe(true);
});
