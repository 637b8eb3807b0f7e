import { type FittedPipeline, type FittedSurvivalModel, Pipeline, Random, type Row } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier } from '@churn/models';
import { CoxRegression, DiscreteTimeHazards, probabilityWithin } from '@churn/survival';
import { MeanImputer, SelectColumns, StandardScaler } from '@churn/transforms';
import { columnInputs, runOnnx, WHERE_PEERS, withPeers } from '../../../test/onnx/run-onnx.js';
import { toOnnx } from '../../onnx/to-onnx.js';
import { toSql } from '../../sql/to-sql.js';
import { expectedRows, requireClose } from '../../testing/close-rows.js';
import { runRows } from '../../testing/run-module.js';
import { sampleTable } from '../../testing/sample-tables.js';
import { lower } from './lower.js';

const withGroups = (table: ReturnType<typeof sampleTable>, groups: string) =>
  table.with({ group: Array.from({ length: table.nRows }, (_, row) => groups[row % groups.length]) });
const train = withGroups(sampleTable({ nRows: 200, seed: 1 }), 'ab');
// A stratum that training never saw among them.
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

describe.each(tried)('of %s', (_, fitted) => {
  it.each([
    ['from the start', undefined],
    ['from now on', 'elapsed'],
  ])('a program gives the probability within each horizon %s', (__, elapsed) => {
    const since = Float64Array.from({ length: wild.nRows }, (___, row) => (row * 7) % 45);
    const expected = expectedRows(wild.with({ elapsed: since }), (part) => {
      const own = elapsed === undefined ? {} : { elapsed: part.numeric('elapsed') };
      const within = probabilityWithin(fitted.model, fitted.transform(part), horizons, own);
      return Array.from({ length: part.nRows }, (___, row) => within.map((column) => column[row]));
    });
    const rows = wild.with({ elapsed: since }).toRows();
    const came = runRows(fitted, rows, { horizons, prefix: 'left_', ...(elapsed && { elapsed }) });
    expect(came.filter((row) => row !== undefined).length).toBeGreaterThan(40);
    came.forEach((row, at) => {
      const own = expected[at];
      if (own === undefined || row === undefined) expect([at, row]).toEqual([at, own]);
      else
        own.forEach((p, h) => {
          requireClose(row[`left_within_${horizons[h]}`], p, `row ${at}, ${h}`);
        });
    });
  });
});

withPeers(`survival models in onnxruntime${WHERE_PEERS}`, () => {
  const since = Float64Array.from({ length: wild.nRows }, (_, row) => (row * 7) % 45);
  const x = wild.with({ elapsed: since });

  it('give the probability within each horizon, from the start and from now on', () => {
    const asked = tried.flatMap(([name, fitted]) =>
      [undefined, 'elapsed'].map((elapsed) => ({ name, fitted, elapsed })),
    );
    const found = runOnnx(
      asked.map(({ fitted, elapsed }) => {
        const program = lower(fitted, { horizons, ...(elapsed && { elapsed }) });
        const read = x.select(program.inputs.map((id) => program.columns[id].name));
        return { model: toOnnx(program), inputs: columnInputs(read) };
      }),
    );
    asked.forEach(({ name, fitted, elapsed }, job) => {
      const expected = expectedRows(x, (part) => {
        const own = elapsed === undefined ? {} : { elapsed: part.numeric('elapsed') };
        const within = probabilityWithin(fitted.model, fitted.transform(part), horizons, own);
        return Array.from({ length: part.nRows }, (_, row) => within.map((column) => column[row]));
      });
      expect(found[job].numbers.shape).toEqual([wild.nRows, horizons.length]);
      expected.forEach((row, at) => {
        horizons.forEach((horizon, h) => {
          const came = Number(found[job].numbers.values[at * horizons.length + h]);
          const isSame = row ? Math.abs(came - row[h]) < 1e-9 : Number.isNaN(came);
          expect([name, elapsed, at, horizon, came, isSame]).toEqual([
            name,
            elapsed,
            at,
            horizon,
            came,
            true,
          ]);
        });
      });
    });
  });
});

it('refuses rows without a time elapsed, and wants horizons', () => {
  const fitted = new Pipeline(numeric, cox).fit(train, y);
  const [row] = train.toRows();
  const rows: Row[] = [row, { ...row, elapsed: -1 }, { ...row, elapsed: 3 }];
  const came = runRows(fitted, rows, { horizons: [5], elapsed: 'elapsed' });
  expect(came.map((each) => each && Object.keys(each))).toEqual([undefined, undefined, ['within_5']]);
  expect(() => lower(fitted)).toThrow('horizons: expected those of the survival model');
  expect(() => lower(fitted, { horizons: [0] })).toThrow('horizons: expected a list of one number above 0');
  const sql = toSql(lower(fitted, { horizons: [5, 9] }), { dialect: 'duckdb', from: 't', predicts: 'x' });
  expect(sql).toMatch(/within_5[\s\S]*within_9/);
  const graph = toOnnx(lower(fitted, { horizons: [5, 9], elapsed: 'elapsed' }));
  expect(Buffer.from(graph).includes('["within_5","within_9"]')).toBe(true);
});
