import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@churn/core';
import { BIN } from './testing/bin';
import type { ValueReport } from './training/training-report.js';

/** What is predicted is a value, and no class: a configuration, and no code. */
const random = new Random(7);
const drawn = (rows: number) =>
  Array.from({ length: rows }, (_, i) => {
    const visits = random.int(30);
    return `c${i},${'ABC'[i % 3]},${visits},${(20 + 3 * visits + 10 * (i % 3) + random.normal()).toFixed(2)}`;
  });
const ROWS = drawn(800);
const NEW_ROWS = drawn(90);
const CONFIG = `
data: { file: data.csv, target: { value: spend }, drop: [id] }
predicts: spend
groups: [plan, visits]
models: { baseline: { type: DummyRegressor, strategy: [mean, median] } }
crossValidation: { folds: 3, scoring: [meanAbsoluteError, r2] }
output: { sample: { file: sample.csv, rows: 20 } }
`;

let folder: string;
let report: ValueReport;
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-value-'));
  writeFileSync(join(folder, 'data.csv'), ['id,plan,visits,spend', ...ROWS].join('\n'));
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  const { status, stderr } = churn('train', '--config', 'churn.yaml');
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  report = JSON.parse(read('outputs/latest/models/training_report.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('is trained, with errors in the unit of the target', () => {
  expect(report.best).toBe('baseline');
  const { test, cv, interval } = report.models.baseline;
  expect(Object.keys(cv)).toEqual(['meanAbsoluteError', 'r2', 'meanSquaredError']);
  expect(report.leaderboard).toHaveLength(2);
  expect(report.leaderboard[0].cv.meanAbsoluteError.mean).toBeLessThanOrEqual(
    report.leaderboard[1].cv.meanAbsoluteError.mean,
  );
  expect(test.rootMeanSquaredError).toBeGreaterThan(test.meanAbsoluteError);
  for (const [name, [low, high]] of Object.entries(test.intervals)) {
    expect([name, low <= test[name as 'r2'], test[name as 'r2'] <= high]).toEqual([name, true, true]);
  }
  expect(interval.low[0]).toBeLessThan(0);
  expect(interval.high[0]).toBeGreaterThan(0);
  const { fifths } = report.models.baseline;
  expect(fifths.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.data.test);
  expect(test.coverage).toBeGreaterThan(0.75);
  expect(report.data.target.min).toBeLessThan(report.data.target.median);
  expect(report.slices.overall.rows).toBe(report.data.test / 2);
  const { overall, groups } = report.byGroup[1];
  expect(overall.meanAbsoluteError.value).toBeCloseTo(test.meanAbsoluteError, 12);
  expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.data.test);
});

it('has test rows, a report and a page', () => {
  const [header, ...rows] = read('outputs/latest/test_predictions.csv').trimEnd().split('\n');
  expect(header).toBe('row,value,baseline:value');
  expect(rows).toHaveLength(report.data.test);
  expect(read('outputs/latest/models/training_report.md')).toMatch(
    /best model: cross-validated meanAbsoluteError [\d.]+ ± [\d.]+, test r2/,
  );
  const page = read('outputs/latest/report.html');
  expect(page).toContain('to predict spend');
  expect(page).toContain('>Groups</h2>');
  expect(page).toContain(
    'No group of test rows has a significantly higher mean absolute error with baseline',
  );
  expect(page).toMatch(
    /The mean absolute error is [\d.]+ on average where visits is “.*, a significant difference/,
  );
  for (const figure of [
    'eda/spend_dist',
    'results/predicted_actual',
    'results/residuals',
    'results/groups_visits',
    'results/interval_coverage',
    'results/permutation_importance',
  ]) {
    expect(existsSync(join(folder, `outputs/latest/images/${figure}.svg`))).toBe(true);
  }
  expect(JSON.parse(read('outputs/latest/run.json'))).toMatchObject({ task: 'value', test: { classes: [] } });
});

it('is predicted, with an interval and warnings of each row', () => {
  const input = ['id,plan,visits', 'c1,A,3', 'c2,C,9999', 'c3,B,many'].join('\n');
  writeFileSync(join(folder, 'new.csv'), input);
  const { status, stdout } = churn(
    'predict',
    '--config',
    'churn.yaml',
    '--input',
    'new.csv',
    '--explain',
    '--output',
    'predictions.csv',
  );
  expect(status).toBe(0);
  expect(stdout).toContain('highest spend');
  const { interval } = report.models.baseline;
  const [header, first, second] = read('predictions.csv').trimEnd().split('\n');
  expect(header.split(',')).toEqual([
    ...['id', 'plan', 'visits', 'spend_prediction', 'spend_low', 'spend_high'],
    ...['spend_reason_1', 'spend_reason_2', 'spend_reason_3', 'spend_warnings'],
  ]);
  const [prediction, low, high] = first.split(',').slice(3, 6).map(Number);
  expect(low).toBeCloseTo(prediction + interval.low[0], 9);
  expect(high).toBeCloseTo(prediction + interval.high[0], 9);
  expect(first).toContain('does not change the value');
  expect(second).toMatch(/visits is 9999, far beyond the training range/);
  expect(read('predictions.csv.rejected.csv')).toContain('expected a number');
});

it('is explained, and features of classification are rejected in one line', () => {
  const explained = churn('explain', '--config', 'churn.yaml', '--input', 'outputs/latest/sample.csv');
  expect([explained.status, explained.stdout]).toEqual([
    0,
    expect.stringMatching(/row \d+ \(line \d+\): predicted [\d.]+/),
  ]);
  expect(churn('validate', '--config', 'churn.yaml').stderr).toContain('data.columns: expected the columns');
  expect(churn('runs', '--config', 'churn.yaml').stdout).toMatch(/baseline .*\n/);
  expect(churn('runs', '--config', 'churn.yaml').stdout).toMatch(/test r2 .* RMSE/);
});

it('is monitored, by its predictions and the actual values', () => {
  const { status, stdout } = churn('monitor', '--input', 'data.csv', '--config', 'churn.yaml');
  expect([status, stdout.split('\n')[0]]).toEqual([
    0,
    expect.stringMatching(
      /^None of 2 columns drifted, and the realised RMSE is [\d.]+ \([\d.]+ before; \d+ labelled rows\)\.$/,
    ),
  ]);
  expect(stdout).toMatch(/│ prediction │ /);
  const page = read('outputs/monitoring/latest/report.html');
  expect([page.includes('realised RMSE'), page.includes('ROC AUC')]).toEqual([true, false]);
});

it('is promoted if its error is lower, and gets a card', () => {
  writeFileSync(
    join(folder, 'better.yaml'),
    `${CONFIG.replace(/models: .*/, 'models: { linear: { type: Ridge }, baseline: { type: DummyRegressor } }')}
registry: { gate: { metric: meanAbsoluteError, groups: [plan] } }
`,
  );
  const promoted = (model: string) => {
    const { status, stdout, stderr } = churn(
      ...['promote', 'latest', '--as', 'champion', '--model', model, '--config', 'better.yaml'],
    );
    return [status, stdout + stderr];
  };
  expect(churn('train', '--config', 'better.yaml').status).toBe(0);
  expect(promoted('baseline')).toEqual([0, expect.stringContaining('champion is baseline')]);
  expect(promoted('linear')).toEqual([0, expect.stringMatching(/improvement over all rows \d/)]);
  expect(promoted('baseline')).toEqual([2, expect.stringMatching(/meanAbsoluteError is [\d.]+ worse/)]);
  writeFileSync(join(folder, 'new-rows.csv'), ['id,plan,visits,spend', ...NEW_ROWS].join('\n'));
  const onFile = read('better.yaml').replace('gate: {', 'gate: { data: new-rows.csv,');
  writeFileSync(join(folder, 'better.yaml'), onFile);
  expect(promoted('baseline')).toEqual([2, expect.stringContaining('rows of new-rows.csv')]);
  const card = churn('card', 'champion', '--config', 'better.yaml').stdout;
  expect(card).toContain('pipeline_tag: tabular-regression');
  expect(card).toContain('It predicts the value of “spend” of a row.');
  expect(card).toMatch(/\| Mean absolute error \| [\d.]+ \| [\d.]+ to [\d.]+ \|/);
  expect(card).toMatch(/\| target \| mean [\d.]+, standard deviation/);
});

it('has intervals within the declared bounds of the target, and a note if training rows are few', () => {
  const rows = drawn(150).map((row) => {
    const [id, plan, visits] = row.split(',');
    return [id, plan, visits, Math.max(0, 5 * (Number(visits) - 15))].join();
  });
  writeFileSync(join(folder, 'few.csv'), ['id,plan,visits,spend', ...rows].join('\n'));
  const columns =
    '{ plan: { kind: category }, visits: { kind: numeric }, spend: { kind: numeric, min: 0, max: 70 } }';
  writeFileSync(
    join(folder, 'few.yaml'),
    `
data: { file: few.csv, target: { value: spend }, columns: ${columns} }
predicts: spend
models: { ridge: { type: Ridge } }
output: { folder: few }
`,
  );
  const trained = churn('train', '--config', 'few.yaml');
  const note = /intervals come from (\d+) training rows, which are few/;
  expect([trained.status, trained.stderr + trained.stdout]).toEqual([0, expect.stringMatching(note)]);
  const few: ValueReport = JSON.parse(read('few/latest/models/training_report.json'));
  expect(Number(note.exec(read('few/latest/models/training_report.md'))?.[1])).toBe(few.data.train);
  expect(read('few/latest/report.html')).toMatch(note);
  expect(churn('card', 'latest', '--config', 'few.yaml').stdout).toMatch(note);
  churn('predict', '--config', 'few.yaml', '--input', 'few.csv', '--output', 'few.predicted.csv');
  const [header, ...predicted] = read('few.predicted.csv').trimEnd().split('\n');
  const places = ['spend_low', 'spend_high'].map((name) => header.split(',').indexOf(name));
  const ends = predicted.map((row) => places.map((place) => Number(row.split(',')[place])));
  expect(ends.map(([low]) => low)).toContain(0);
  expect(ends.every(([low, high]) => low >= 0 && low <= high && high <= 70)).toBe(true);
});
