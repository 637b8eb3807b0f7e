import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { log, Random } from '@churn/core';
import { BIN } from './testing/bin';
import type { SurvivalReport } from './training/training-report.js';

/** What is predicted is when an event comes: a configuration, and no code. */
const random = new Random(5);
const ROWS = Array.from({ length: 400 }, (_, i) => {
  const calls = random.int(10);
  const plan = 'AB'[i % 2];
  const days = Math.ceil((-log(1 - random.uniform()) * 200) / (1 + calls * (plan === 'A' ? 1 : 0.5)));
  const observed = 1 + random.int(120);
  return `c${i},${plan},${calls},${Math.min(days, observed)},${days <= observed ? 'yes' : 'no'}`;
});
const CONFIG = `
data:
  file: data.csv
  target: { duration: days, event: left, elapsed: days, horizons: [10 days, 40 days] }
  drop: [id]
predicts: leaving
models:
  cox: { type: CoxRegression, alpha: 0.001 }
  hazards: { type: LogisticRegression, nIntervals: [5, 10] }
  trees: { type: GradientBoostingClassifier, nEstimators: 20, nIntervals: 5 }
crossValidation: { folds: 3 }
output: { sample: { file: sample.csv, rows: 20 } }
`;

let folder: string;
let report: SurvivalReport;
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-survival-'));
  writeFileSync(join(folder, 'data.csv'), ['id,plan,calls,days,left', ...ROWS].join('\n'));
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  const { status, stderr } = churn('train', '--config', 'churn.yaml');
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  report = JSON.parse(read('outputs/latest/models/training_report.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('is trained, with metrics of ranking, probabilities and outcomes by risk', () => {
  expect(report.horizons).toEqual([10, 40]);
  expect(report.unit).toBe('days');
  expect(report.leaderboard).toHaveLength(4);
  for (const [name, { test, cv }] of Object.entries(report.models)) {
    expect([name, Object.keys(cv)]).toEqual([name, ['concordance']]);
    const [low, high] = test.interval;
    expect([name, low <= test.concordance, test.concordance <= high]).toEqual([name, true, true]);
    expect(test.concordance).toBeGreaterThan(0.6);
    expect(test.integratedBrierScore).toBeLessThan(0.25);
    for (const { brierScore, rocAuc, calibration } of test.horizons) {
      expect(brierScore).toBeLessThan(0.25);
      expect(rocAuc).toBeGreaterThan(0.6);
      expect(calibration.reduce((sum, { count }) => sum + count, 0)).toBe(report.data.test);
    }
  }
  const { groups, times } = report.groups;
  expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.data.test);
  const at = times.indexOf(40);
  expect(groups[0].survival[at]).toBeGreaterThan(groups[3].survival[at]);
  // At least one more call raises the hazard of a Cox regression, and trees have no coefficients.
  const calls = report.models.cox.coefficients?.find(({ covariate }) => covariate === 'calls');
  expect(calls?.hazardRatio).toBeGreaterThan(1.2);
  expect(report.models.trees.coefficients).toBeUndefined();
});

it('has test rows, a report and a page', () => {
  const [header, ...rows] = read('outputs/latest/test_predictions.csv').trimEnd().split('\n');
  const columns = (name: string) => [`${name}:risk`, `${name}:within_10`, `${name}:within_40`];
  expect(header.split(',')).toEqual([
    'row',
    'duration',
    'event',
    ...['cox', 'hazards', 'trees'].flatMap(columns),
  ]);
  expect(rows).toHaveLength(report.data.test);
  const readable = read('outputs/latest/models/training_report.md');
  for (const part of ['## Survival by risk', '## Calibration within 40 days', '## Hazard ratios of cox']) {
    expect(readable).toContain(part);
  }
  expect(readable).toContain('The best model has the highest cross-validated concordance.');
  expect(read('outputs/latest/report.html')).toContain('to predict when left occurs');
  for (const figure of ['permutation_importance', 'survival_by_risk', 'calibration_10', 'calibration_40']) {
    expect(existsSync(join(folder, `outputs/latest/images/results/${figure}.svg`))).toBe(true);
  }
  expect(JSON.parse(read('outputs/latest/run.json'))).toMatchObject({
    task: 'survival',
    models: { cox: { metrics: { brierScore_10: expect.any(Number) } } },
  });
});

it.each(['cox', 'hazards', 'trees'])('%s predicts conditionally on the time already observed', (name) => {
  writeFileSync(
    join(folder, 'new.csv'),
    ['id,plan,calls,days', 'a,A,9,0', 'b,B,0,0', 'c,B,0,30', 'd,A,1,', 'e,A,1,-2'].join('\n'),
  );
  const model = `outputs/latest/models/${name}.model.json`;
  const { status, stdout } = churn('predict', '--model', model, '--input', 'new.csv', '--output', 'out.csv');
  expect([status, stdout]).toEqual([0, expect.stringContaining('most likely leaving within 40')]);
  const [header, ...rows] = read('out.csv').trimEnd().split('\n');
  expect(header).toBe(
    'id,plan,calls,days,leaving_within_10,leaving_within_40,leaving_expected_time,leaving_median_time,leaving_warnings',
  );
  const [often, never, later] = rows.map((row) => row.split(',').slice(4, 7).map(Number));
  expect(rows).toHaveLength(3);
  for (const [within10, within40, expected] of [often, never, later]) {
    expect(within10).toBeGreaterThan(0);
    expect(within40).toBeGreaterThan(within10);
    expect(within40).toBeLessThan(1);
    expect(expected).toBeGreaterThan(0);
  }
  expect(often[1]).toBeGreaterThan(never[1]);
  expect(often[2]).toBeLessThan(never[2]);
  // The time up to which rows are followed is nearer.
  expect(later[2]).toBeLessThan(never[2]);
  expect(read('out.csv.rejected.csv')).toContain(
    'expected an elapsed time, a number of at least 0, got none',
  );
  expect(read('out.csv.rejected.csv')).toContain('got -2');
});

it.each([
  ['cox', 'log-hazard'],
  ['trees', 'risk'],
])('explains why %s expects the event sooner or later', (name, unit) => {
  const model = `outputs/latest/models/${name}.model.json`;
  writeFileSync(join(folder, 'often.csv'), 'plan,calls,days\nA,9,0\n');
  const { status, stdout } = churn('explain', '--model', model, '--input', 'often.csv');
  expect([status, stdout]).toEqual([0, expect.stringMatching(/probability 0\.\d{4} of leaving within 40/)]);
  expect(stdout).toContain(unit);
  expect(stdout).toMatch(/calls is 9 \(average [\d.]+\): raises the risk a lot/);
  const explained = churn(
    'predict',
    '--model',
    model,
    '--input',
    'often.csv',
    '--explain',
    '--output',
    'w.csv',
  );
  expect(explained.status).toBe(0);
  const [header, row] = read('w.csv').split('\n');
  expect(header).toContain('leaving_reason_1');
  expect(row).toContain('raises the risk a lot');
});

it('is promoted if it passes the gate, by concordance or survival score on held-out rows or a file', () => {
  const gate = (text: string) =>
    writeFileSync(join(folder, 'gate.yaml'), `${CONFIG}registry: { gate: ${text} }\n`);
  const promote = (model: string) =>
    churn('promote', 'latest', '--model', model, '--as', 'champion', '--config', 'gate.yaml');
  gate('{ metric: integratedBrierScore, improve: -1 }');
  const trees = promote('trees');
  expect([trees.status, trees.stdout + trees.stderr]).toEqual([
    0,
    expect.stringMatching(/integratedBrierScore 0\.\d{4}/),
  ]);
  gate('{ improve: -1 }');
  const first = promote('cox');
  expect([first.status, first.stdout + first.stderr]).toEqual([
    0,
    expect.stringMatching(/concordance 0\.\d{4}/),
  ]);
  writeFileSync(join(folder, 'others.csv'), ['id,plan,calls,days,left', ...ROWS.slice(0, 250)].join('\n'));
  gate('{ metric: integratedBrierScore, improve: 0.5, data: others.csv }');
  const refused = promote('hazards');
  expect([refused.status, refused.stdout + refused.stderr]).toEqual([
    2,
    expect.stringMatching(/integratedBrierScore is 0\.\d{4} \w+ .*expected an improvement of 0\.5 or more/),
  ]);
  const card = churn('card', 'champion', '--config', 'gate.yaml').stdout;
  expect(card).toContain('pipeline_tag: tabular-regression');
  expect(card).toMatch(/\| Concordance +\| 0\.\d{4} +\| 0\.\d{4} to 0\.\d{4}/);
  expect(card).toMatch(/\| Brier score at 40 +\| 0\.\d{4} +\| unknown/);
  expect(card).toContain('within 10, 40, and the expected and the median time to the event');
});

it('is exported as a module that predicts like predict', () => {
  const model = 'outputs/latest/models/hazards.model.json';
  const exported = churn('export', '--to', 'js', '--model', model, '--output', 'scorer.mjs');
  expect(exported).toMatchObject({ status: 0 });
  writeFileSync(join(folder, 'row.csv'), 'plan,calls,days\nB,4,12\n');
  churn('predict', '--model', model, '--input', 'row.csv', '--output', 'row.out.csv');
  const told = read('row.out.csv').split('\n')[1].split(',').slice(3, 7).map(Number);
  const program =
    "import { predict } from './scorer.mjs'; console.log(JSON.stringify(predict({ plan: 'B', calls: 4, days: 12 })));";
  writeFileSync(join(folder, 'run.mjs'), program);
  const { stdout } = spawnSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual({
    leaving_within_10: expect.closeTo(told[0], 10),
    leaving_within_40: expect.closeTo(told[1], 10),
    leaving_expected_time: expect.closeTo(told[2], 10),
    leaving_median_time: expect.closeTo(told[3], 10),
  });
});

it('is monitored, by its conditional probabilities and later outcomes', () => {
  const rows = ROWS.map((row) => row.split(','));
  const header = 'id,plan,calls,days,left';
  writeFileSync(
    join(folder, 'scored.csv'),
    [header.slice(0, -5), ...rows.map((row) => row.slice(0, 4))].join('\n'),
  );
  const later = rows.map(([id, , calls, days], i) =>
    [
      id,
      Number(days) + (Number(calls) > 4 && i % 2 ? 5 : 50),
      Number(calls) > 4 && i % 2 ? 'yes' : 'no',
    ].join(','),
  );
  writeFileSync(join(folder, 'later.csv'), ['id,days,left', ...later].join('\n'));
  const monitor = ['monitor', '--input', 'scored.csv', '--config', 'churn.yaml'];
  const { stdout, stderr } = churn(...monitor, '--labels', 'later.csv', '--id', 'id');
  expect(stderr).toBe('');
  for (const text of ['400 labelled', 'probability within 40', 'Brier score within 10'])
    expect(stdout).toContain(text);
});

it('is listed by its concordance', () => {
  expect(churn('runs', '--config', 'churn.yaml').stdout).toMatch(/test concordance/);
});

it('rejects streaming', () => {
  writeFileSync(join(folder, 'streamed.yaml'), `${CONFIG}training: { streaming: true }\n`);
  const { status, stderr } = churn('train', '--config', 'streamed.yaml');
  expect([status, stderr]).toEqual([1, expect.stringContaining('expected a column of classes')]);
});
