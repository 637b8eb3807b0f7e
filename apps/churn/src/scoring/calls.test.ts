import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FittedClassifier, Table } from '@churn/core';
import { loadModel, readCsv, saveModel } from '@churn/io';
import { modelClasses } from '../model/processing';
import { createServer } from '../serve/server';
import { createLogger } from '../terminal/logger';
import { BIN } from '../testing/bin';
import { loadServedClasses } from '../testing/served-classes';

/** A model file is the whole decision: whoever loads it calls each row as the application does. */
const APP = join(__dirname, '../..');
/** What the application wrote when it kept the threshold beside the model. */
const FIRST_VERSION = join(APP, 'test/model-files/threshold-v1.model.json');
const ROWS = Array.from({ length: 200 }, (_, i) => {
  const usage = (i * 37) % 100;
  const plan = 'ABC'[i % 3];
  const left = usage + (plan === 'C' ? 30 : 0) + ((i * 13) % 40) > 85 ? 'Yes' : 'No';
  return `${i % 10 === 3 ? '' : plan},${i % 10 === 7 ? 'NA' : usage},${20 + (i % 50)},${left}`;
});
const CONFIG = `
data: { file: data.csv, target: left, positive: Yes }
crossValidation: { folds: 3 }
threshold: { minRecall: 0.95 }
workers: 1
models: { ridge: { type: LogisticRegression } }
output: { images: false, report: false }
`;

let folder: string;
let trained: string;
let rows: Table;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-calls-'));
  writeFileSync(join(folder, 'data.csv'), ['plan,usage,age,left', ...ROWS].join('\n'));
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  churn('train', '--config', 'churn.yaml', '--out', 'out');
  trained = join(folder, 'out/latest/models/ridge.model.json');
  rows = await readCsv(join(folder, 'data.csv'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('predicts the same classes from CSV, as a service and as predict of the loaded file', async () => {
  const { model } = await loadModel(trained, modelClasses);
  const calls = model.predict(rows).map(String);
  expect(callsAtOneHalf(model)).not.toEqual(calls);
  expect(callsOfCsv(trained)).toEqual(calls);
  expect(await callsOfService(trained)).toEqual({ json: calls, csv: calls, single: calls[0] });
});

it('uses the threshold in the record of a version 1 file', async () => {
  const { model, training } = await loadModel(FIRST_VERSION, modelClasses);
  const [, probabilities] = model.predictProba(rows);
  const calls = Array.from(probabilities, (p) => (p >= Number(training.threshold) ? 'Yes' : 'No'));
  expect(callsAtOneHalf(model)).not.toEqual(calls);
  expect(callsOfCsv(FIRST_VERSION)).toEqual(calls);
  expect(await callsOfService(FIRST_VERSION)).toEqual({ json: calls, csv: calls, single: calls[0] });
});

it('uses the threshold of the model if the record differs', async () => {
  const { model, training } = await loadModel(trained, modelClasses);
  expect(training).not.toHaveProperty('threshold');
  const file = join(folder, 'other.json');
  await saveModel(file, model, { threshold: 0.99 });
  const { threshold } = await loadServedClasses(file);
  expect([threshold, callsOfCsv(file)]).toEqual([model.threshold, callsOfCsv(trained)]);
});

function callsAtOneHalf(model: FittedClassifier): string[] {
  return Array.from(model.predictProba(rows)[1], (p) => (p > 0.5 ? 'Yes' : 'No'));
}

function callsOfCsv(model: string): string[] {
  const scored = churn('predict', '--input', 'data.csv', '--model', model);
  return scored
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => (/,1,(?:"[^"]*")?$/.test(row) ? 'Yes' : 'No'));
}

async function callsOfService(file: string) {
  const model = await loadServedClasses(file);
  const logger = createLogger();
  logger.silent = true;
  const app = createServer({ model: () => model, logger });
  const address = await app.listen();
  const post = async (type: string, body: string) => {
    const answer = await fetch(`${address}/v1/predict`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    const { predictions } = (await answer.json()) as { predictions: { prediction: string }[] };
    return predictions.map(({ prediction }) => prediction);
  };
  const objects = ROWS.map((row) => {
    const [plan, usage, age] = row.split(',');
    return { plan: plan || null, usage: usage === 'NA' ? null : Number(usage), age: Number(age) };
  });
  try {
    return {
      json: await post('application/json', JSON.stringify(objects)),
      csv: await post('text/csv', readFileSync(join(folder, 'data.csv'), 'utf8')),
      single: (await post('application/json', JSON.stringify(objects[0])))[0],
    };
  } finally {
    await app.close();
  }
}

function churn(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
