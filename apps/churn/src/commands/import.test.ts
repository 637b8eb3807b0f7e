import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random, Table } from '@churn/core';
import { toLightGBM, toXGBoost } from '@churn/exchange';
import { GradientBoostingClassifier } from '@churn/models';
import { checkedConfig } from '../config/config';
import { loadScoringModel } from '../scoring/scoring-model';
import { createLogger } from '../terminal/logger';
import { exportModel } from './export';
import { importModel } from './import';

const random = new Random(3);
const rows = Array.from({ length: 400 }, () => {
  const left = random.int(2);
  return {
    usage: random.uniform() < 0.1 ? null : Math.round(10 * (left + random.normal())),
    plan: 'xyz'[random.int(left + 2)],
    never: 1,
    left: left ? 'yes' : 'no',
  };
});
const x = Table.fromRows(rows.map(({ left, ...features }) => features));
const trained = new GradientBoostingClassifier({ nEstimators: 10, categories: 'sets' }).fit(
  x.select(['usage', 'plan']),
  rows.map(({ left }) => Number(left === 'yes')),
);

const folder = mkdtempSync(join(tmpdir(), 'churn-import-'));
const file = (name: string) => join(folder, name);
const data = file('labelled.csv');
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  const lines = rows.map(({ usage, plan, never, left }) => [usage ?? '', plan, never, left].join(','));
  writeFileSync(data, ['usage,plan,never,left', ...lines].join('\n'));
  writeFileSync(file('model.txt'), toLightGBM(trained));
  writeFileSync(file('model.json'), toXGBoost(trained));
});

const config = (more: object = {}) =>
  checkedConfig(
    { data: { file: data, target: 'left', positive: 'yes', ...more }, threshold: { maximise: 'f1' } },
    'churn.yaml',
  );
const output = () => file('imported.model.json');

it.each(['model.txt', 'model.json'])('writes a model file of %s that scores like the trees', async (name) => {
  const { text: shown } = await importModel(file(name), { output: output() }, config(), createLogger());
  expect(shown).toContain('classes no, yes');
  const { model, threshold, training, reference, schema } = await loadScoringModel(output());
  expect(schema.map(({ name, kind }) => [name, kind])).toEqual([
    ['usage', 'numeric'],
    ['plan', 'category'],
  ]);
  const [, expected] = trained.predictProba(x);
  model.predictProba(x)[1].forEach((p, row) => {
    expect(Math.abs(p - expected[row])).toBeLessThan(name === 'model.txt' ? 1e-12 : 1e-6);
  });
  expect(threshold).toBeGreaterThan(0);
  expect(training.test).toMatchObject({ rocAuc: expect.any(Number), f1: expect.any(Number) });
  expect(reference?.columns.map((column) => column.name)).toEqual(['usage', 'plan']);
  expect(model.attributions?.(x).outputs).toHaveLength(1);
});

it('imports a model without labelled rows, which predicts the more likely class', async () => {
  const settings = { output: output(), classes: ['no', 'yes'] };
  const { text: shown } = await importModel(file('model.txt'), settings, undefined, createLogger());
  expect(shown).toContain('without a threshold or a monitoring reference');
  const { model, threshold, reference } = await loadScoringModel(output());
  expect([model.classes, threshold, reference]).toEqual([['no', 'yes'], undefined, undefined]);
});

it('puts the positive label second, whichever class of the model it is', async () => {
  const settings = { output: output(), classes: ['yes', 'no'] };
  await importModel(file('model.txt'), settings, config(), createLogger());
  const { model } = await loadScoringModel(output());
  expect(model.classes).toEqual(['no', 'yes']);
  const [first] = trained.predictProba(x);
  model.predictProba(x)[1].forEach((p, row) => {
    expect(Math.abs(p - first[row])).toBeLessThan(1e-12);
  });
});

it('rejects mismatched input in one sentence', async () => {
  const trying = (name: string, settings: object, more: object = {}) =>
    importModel(file(name), { output: output(), ...settings }, config(more), createLogger());
  await expect(trying('model.txt', { classes: ['no', 'maybe'] })).rejects.toThrow(
    '--classes: expected the labels of the target',
  );
  await expect(trying('model.txt', { features: ['usage', 'tariff'] })).rejects.toThrow('"tariff"');
  await expect(trying('model.txt', {}, { columns: { plan: { kind: 'numeric' } } })).rejects.toThrow(
    'data.columns.plan: expected kind category',
  );
  writeFileSync(file('levels.json'), '{"plan": "A"}');
  await expect(trying('model.txt', { levels: file('levels.json') })).rejects.toThrow(
    `--levels ${file('levels.json')}: expected JSON with a list of levels by column name, got other JSON`,
  );
  await expect(trying('labelled.csv', {})).rejects.toThrow('expected a text file of LightGBM');
  await expect(trying('model.txt', { from: 'xgboost' })).rejects.toThrow('XGBoost: expected JSON');
});

it.each([
  ['lightgbm', 'model.txt'],
  ['xgboost', 'model.json'],
])('exports the model to %s again', async (to, name) => {
  await importModel(file(name), { output: output() }, config(), createLogger());
  const model = { file: output(), name: 'imported' } as never;
  await exportModel({ to, model, output: file('again') });
  const second = { output: file('again.model.json'), from: to as 'lightgbm' };
  await importModel(file('again'), second, config(), createLogger());
  const [one, two] = await Promise.all(
    [output(), file('again.model.json')].map((file) => loadScoringModel(file)),
  );
  const [, expected] = one.model.predictProba(x);
  two.model.predictProba(x)[1].forEach((p, row) => {
    expect(Math.abs(p - expected[row])).toBeLessThan(1e-6);
  });
  expect(readFileSync(file('again'), 'utf8').length).toBeGreaterThan(100);
});
