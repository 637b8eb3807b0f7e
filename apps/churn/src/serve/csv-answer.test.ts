import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import { CategoryEncoder } from '@churn/transforms';
import { openRows } from '../input.js';
import { answersOf } from '../scoring/answers.js';
import { warningsColumn } from '../scoring/prediction-columns.js';
import { partScorer } from '../scoring/score-part.js';
import { createLogger } from '../terminal/logger.js';
import { saveSmallModel } from '../testing/small-model.js';
import { smallUplift } from '../testing/small-uplift.js';
import { saveSurvivalModel } from '../testing/survival-model.js';
import { saveValueModel } from '../testing/value-model.js';
import { loadServedModel } from './served-model.js';
import { createServer } from './server.js';

/** The answer to CSV, as CSV. */
const INTERVAL = { coverage: 0.9, low: -2, high: 5 };
const CSV = 'id;plan;usage;age;tenure\n1;A;5;30;0\n2;"B;b";7;31;5\n3;;40000;;20\n';

let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-csv-answer-'));
  await saveSmallModel(file('two.json'), { predicts: 'leaving' });
  await saveSmallModel(file('uplift.json'), { uplift: smallUplift() });
  await saveSurvivalModel(file('times.json'));
  await saveValueModel(file('value.json'), { predicts: 'spend', interval: INTERVAL });
  const usage = Float64Array.from({ length: 60 }, (_, i) => (i * 37) % 50);
  const x = Table.fromColumns({ plan: Array.from(usage, (_, i) => 'AB'[i % 2]), usage });
  const y = Array.from(usage, (value) => ['10', '2', 'x'][Math.floor(value / 17)]);
  const several = new Pipeline([new CategoryEncoder({ folds: 2 })], new LogisticRegression()).fit(x, y);
  await saveModel(file('several.json'), several, { predicts: 'tariff' });
});

afterAll(() => rmSync(folder, { recursive: true }));

async function ask(name: string, body: string, headers: Readonly<Record<string, string>> = {}) {
  const served = await loadServedModel(file(name));
  const logger = createLogger();
  logger.silent = true;
  const app = createServer({ model: () => served, logger });
  try {
    const answer = await fetch(`${await app.listen()}/v1/predict`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', accept: 'text/csv', ...headers },
      body,
    });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  } finally {
    await app.close();
  }
}

it.each(['two.json', 'uplift.json', 'several.json', 'value.json', 'times.json'])(
  'equals the output of churn predict for %s',
  async (name) => {
    writeFileSync(file('in.csv'), CSV);
    const served = await loadServedModel(file(name));
    const score = partScorer(served, 'warn');
    let predicted = '';
    const source = await openRows(file('in.csv'), served);
    for await (const batch of source.batches([...answersOf(served).columns, warningsColumn(served)])) {
      predicted += (await score(batch)).output;
    }
    const { status, type, text } = await ask(name, CSV);
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(text).toBe(predicted);
    expect(text.split('\n')).toHaveLength(5);
  },
);

it('is returned on request, and rejected if the rows have its columns', async () => {
  for (const accept of ['*/*', 'application/json', 'text/csvx']) {
    expect((await ask('two.json', CSV, { accept })).type).toMatch(/^application\/json/);
  }
  expect((await ask('two.json', CSV, { accept: 'application/json;q=0.5, text/csv;q=0.9' })).type).toMatch(
    /csv/,
  );
  const { status, text } = await ask('two.json', 'plan,usage,age,leaving_warnings\nA,5,30,\n');
  expect(status).toBe(422);
  expect(text).toContain('expected no column \\"leaving_warnings\\", which the answer adds');
});

it('has the uplift of each row, also in JSON, and the model is described without its learner', async () => {
  const { text } = await ask('uplift.json', CSV);
  const [header, first] = text.split('\n').map((line) => line.split(';'));
  const place = header.indexOf('churn_uplift');
  expect(place).toBe(header.indexOf('churn_prediction') + 1);
  expect(Number(first[place])).toBeLessThan(0);
  const json = await ask('uplift.json', CSV, { accept: 'application/json' });
  const { predictions } = JSON.parse(json.text);
  expect(predictions[0].uplift).toBe(Number(first[place]));
  const single = await ask('uplift.json', JSON.stringify({ plan: 'A', usage: 90, age: 30 }), {
    'content-type': 'application/json',
    accept: 'application/json',
  });
  expect(JSON.parse(single.text).predictions[0].uplift).toBeGreaterThan(0);
});
