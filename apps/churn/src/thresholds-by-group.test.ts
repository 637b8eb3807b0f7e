import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@churn/core';
import { readCsv } from '@churn/io';
import { exportModel } from './commands/export';
import { predict } from './commands/predict';
import { train } from './commands/train';
import { checkedConfig } from './config/config';
import { createCounterfactualFinder, seenRows } from './explanation/counterfactual-finder';
import { answersFor } from './registry/answers';
import { readTestPredictions } from './runs/test-predictions';
import { loadScoringModel, type ScoringModel } from './scoring/scoring-model';
import { loadServedModel, type ServedClassModel } from './serve/served-model';
import { createLogger } from './terminal/logger';

let folder: string;
let trained: string;
let scoring: ScoringModel;
const logger = createLogger();
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');

/** Customers of the south pay late, so that they look safer than they are; 30 are of a small branch, and some of none. */
function write(file: string, columns: readonly string[]): void {
  const random = new Random(4);
  const rows = Array.from({ length: 1200 }, (_, i) => {
    const branch = i < 30 ? 'island' : i < 60 ? '' : i % 3 === 0 ? 'south' : 'north';
    const risk = random.normal();
    const arrears = (risk + 0.4 * random.normal() - (branch === 'south' ? 1 : 0)).toFixed(3);
    const left = risk + 0.3 * random.normal() > 1 ? 'yes' : 'no';
    const all: Record<string, string> = { arrears, age: String(20 + random.int(50)), branch, left };
    return columns.map((name) => all[name]).join(',');
  });
  writeFileSync(path(file), `${columns.join(',')}\n${rows.join('\n')}\n`);
}

const config = (threshold: object, more: object = {}) =>
  checkedConfig(
    {
      data: { file: path('d.csv'), target: 'left', positive: 'yes', drop: ['branch'] },
      models: { logistic: { type: 'LogisticRegression' } },
      crossValidation: { folds: 3 },
      output: { folder: path('outputs'), images: false, report: false },
      threshold,
      ...more,
    },
    'c.yaml',
  );
const given = () => config({ maximise: 'f1', by: 'branch', parity: 'equalOpportunity' });
const MODEL = 'outputs/latest/models/logistic.model.json';
const model = () => ({ name: 'm.json', file: path(MODEL) });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-by-group-'));
  logger.level = 'error';
  write('d.csv', ['arrears', 'age', 'branch', 'left']);
  trained = (await train(given(), logger)).text;
  scoring = await loadScoringModel(path(MODEL));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('chooses thresholds by a group that is not a feature, and reports them and their effect', () => {
  const report = JSON.parse(read('outputs/latest/models/training_report.json'));
  const { groupThresholds } = report.models.logistic;
  expect(groupThresholds.by).toBe('branch');
  expect(
    groupThresholds.groups.map((each: { group: string; isOverall: boolean }) => [each.group, each.isOverall]),
  ).toEqual([
    ['island', true],
    ['north', false],
    ['south', false],
    ['(missing)', true],
  ]);
  expect(report.byGroup.map(({ column }: { column: string }) => column)).toEqual(['branch']);
  const [, north, south] = groupThresholds.groups;
  expect(trained).toMatch(new RegExp(`south +│ +[\\d,]+ +│ +${south.threshold.toFixed(3)}`));
  expect(south.threshold).toBeLessThan(north.threshold - 0.1);
  expect(Math.abs(south.recall - north.recall)).toBeLessThan(0.02);
  const readable = read('outputs/latest/models/training_report.md');
  expect(readable).toContain('the highest F1, with the same recall for all groups of “branch”');
  expect(readable).toContain('## Thresholds by branch');
});

it('predicts by the group of each row when scoring, serving and comparing', async () => {
  const { overall, groups } = scoring.byGroup!.thresholds;
  expect([...groups.keys()]).toEqual(['north', 'south']);
  const { text: shown } = await predict(
    { input: path('d.csv'), output: path('s.csv'), model: model() },
    logger,
  );
  expect(shown).toContain(overall.toFixed(4));
  for (const [group, threshold] of groups)
    expect(shown).toMatch(new RegExp(`${group} +│ +${threshold.toFixed(4)}`));
  const rows = (await readCsv(path('s.csv'))).toRows();
  const thresholdOf = (branch: unknown) => groups.get(String(branch)) ?? overall;
  const expected = rows.map(({ branch, churn_probability: p }) => (Number(p) >= thresholdOf(branch) ? 1 : 0));
  expect(rows.map((row) => row.churn_prediction)).toEqual(expected);
  expect(rows.map((row) => row.churn_threshold)).toEqual(rows.map(({ branch }) => thresholdOf(branch)));
  const between = rows.findIndex(
    ({ branch, churn_probability: p }) =>
      branch === 'south' && Number(p) > thresholdOf('south') && Number(p) < overall,
  );
  const served = (await loadServedModel(path(MODEL))) as ServedClassModel;
  const { arrears, age } = rows[between] as { arrears: number; age: number };
  const answer = (branch: string) => served.scoreOne({ arrears, age, branch });
  expect(await answer('south')).toMatchObject({ prediction: 'yes', threshold: thresholdOf('south') });
  expect((await answer('nowhere')).prediction).toBe('no');
  const { called } = await answersFor(path('d.csv'), scoring, given().data);
  expect([...(called ?? [])]).toEqual(expected);
  const run = { test: { classes: ['no', 'yes'] }, models: { logistic: {} } };
  const tried = await readTestPredictions(path('outputs/latest'), run as never);
  const [, p] = tried.probabilities.get('logistic') ?? [];
  expect([...(tried.called?.get('logistic') ?? [])]).toEqual(
    Array.from(tried.rows, (row, i) => (p[i] >= thresholdOf(rows[row].branch) ? 1 : 0)),
  );
});

it('requires the group column, even if it was dropped', async () => {
  write('without.csv', ['arrears', 'age', 'left']);
  const scored = predict({ input: path('without.csv'), output: path('x.csv'), model: model() }, logger);
  await expect(scored).rejects.toThrow('column "branch" is missing');
  expect(existsSync(path('x.csv'))).toBe(false);
});

it("finds counterfactuals at the threshold of the row's group", async () => {
  const seen = await seenRows(path('d.csv'), scoring);
  // The branch was dropped, and what was not learned from cannot change.
  const said = { fixed: ['age', 'branch'], monotone: {}, passesOver: true };
  const find = createCounterfactualFinder(scoring, seen, { ...said, count: 1 });
  expect(() => createCounterfactualFinder(scoring, seen, { ...said, passesOver: false })).toThrow('branch');
  const served = (await loadServedModel(path(MODEL))) as ServedClassModel;
  const row = { arrears: 1.2, age: 40 };
  const all = ['north', 'south'].map((branch) => ({ ...row, branch }));
  const predictions = served.score(served.tableOf(all)).map(({ prediction }) => prediction);
  find(served.tableOf(all)).forEach(([{ label, text }], i) => {
    expect(label).not.toBe(predictions[i]);
    const to = Number(/arrears were ([-\d.]+)/.exec(text)?.[1]);
    const [changed] = served.score(served.tableOf([{ ...all[i], arrears: to }]));
    expect(changed.prediction).toBe(label);
  });
});

it('exports the thresholds, or reports what would be left out', async () => {
  await exportModel({ to: 'sql', dialect: 'duckdb', model: model(), output: path('m.sql') });
  expect(read('m.sql')).toMatch(/'south'/);
  const alone = exportModel({ to: 'onnx', only: 'model', model: model(), output: path('m.onnx') });
  await expect(alone).rejects.toThrow(
    '--only model: expected the whole pipeline, since the thresholds depend on the raw column "branch"',
  );
});

it.each([
  [{ profit: { value: 1, acceptance: 1 }, by: 'branch' }, 'threshold.by: expected none with profit'],
  [{ capacity: 3, by: 'branch' }, 'threshold.by: expected none with capacity'],
  [{ maximise: 'f1', parity: 'equalOpportunity' }, 'threshold.parity: expected by as well'],
  [{ maximise: 'f1', by: 'left' }, 'threshold.by: expected another column than the target'],
  [{ maximise: 'f1', by: 'branch', parity: 'equal' }, 'threshold'],
])('rejects %j', (threshold, message) => {
  expect(() => config(threshold)).toThrow(message);
});

it('rejects a missing or numeric column', async () => {
  await expect(train(config({ maximise: 'f1', by: 'brnach' }), logger)).rejects.toThrow(
    /threshold\.by: .*brnach/,
  );
  await expect(train(config({ maximise: 'f1', by: 'age' }), logger)).rejects.toThrow(
    'column "age": expected categories, got numbers',
  );
});
