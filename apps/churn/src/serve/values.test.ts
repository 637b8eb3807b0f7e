import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FittedPipeline, type FittedRegressor, Table } from '@churn/core';
import { monitorSettings } from '../config/monitor-settings';
import { monitorInput } from '../monitoring/monitor-input';
import { createLogger } from '../terminal/logger';
import { getJson, postJson } from '../testing/json-client';
import { saveValueModel } from '../testing/value-model';
import { driftFigures } from './live/drift-figures';
import { openLogs } from './log/open-logs';
import { loadServedModel, type ServedValueModel } from './served-model';
import { createServer, type ScoringServer } from './server';

const logger = createLogger();
logger.silent = true;
const rows = [
  { plan: 'A', usage: 3 },
  { plan: 'B', usage: 80 },
  { plan: null, usage: 9999 },
];

let folder: string;
let model: ServedValueModel;
let app: ScoringServer;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-values-'));
  await saveValueModel(join(folder, 'm.json'), {
    ...{ predicts: 'spend', target: { column: 'spend' } },
    interval: { coverage: 0.9, low: -2, high: 5 },
  });
  const served = await loadServedModel(join(folder, 'm.json'));
  if (served.task !== 'value') throw new Error('expected a regression model');
  model = served;
});
afterEach(() => app.close());
afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: Partial<Parameters<typeof createServer>[0]> = {}): Promise<void> {
  app = createServer({ model: () => model, logger, ...options });
  address = await app.listen();
}

const post = (path: string, payload: object) => postJson(address, path, payload);
const get = (path: string) => getJson(address, path);

function expected(): Float64Array {
  const kinds = new Map([
    ['plan', 'category'],
    ['usage', 'numeric'],
  ] as const);
  return (model.model as FittedPipeline<FittedRegressor>).predict(Table.fromRows(rows, kinds));
}

it('answers rows, alone and together, with the value and its interval, and reports warnings', async () => {
  await start();
  const { status, body } = await post('/v1/predict', rows);
  expect(status).toBe(200);
  expect(body.predictions).toMatchObject(
    Array.from(expected(), (prediction) => ({ prediction, low: prediction - 2, high: prediction + 5 })),
  );
  expect(Object.keys(body.predictions[0])).toEqual(['prediction', 'low', 'high']);
  expect(body.warnings[0]).toMatchObject({ kind: 'far', column: 'usage', rows: 1 });
  const alone = await post('/v1/predict', rows[1]);
  expect(alone.body.predictions).toEqual([body.predictions[1]]);
});

it('explains a value in its unit', async () => {
  await start();
  const { body } = await post('/v1/explain', rows.slice(0, 1));
  const [{ prediction, unit, baseline, reasons, low }] = body.explanations;
  expect([prediction, low, unit]).toEqual([expected()[0], expected()[0] - 2, 'amount']);
  const sum = reasons.reduce(
    (total: number, { contribution }: { contribution: number }) => total + contribution,
    baseline,
  );
  expect(sum).toBeCloseTo(prediction, 9);
  expect(reasons[0].text).toMatch(/the value a lot$/);
});

it('describes the task in the model and the OpenAPI document', async () => {
  await start();
  const told = await get('/v1/model');
  expect(told).toMatchObject({ task: 'value', predicts: 'spend', interval: { coverage: 0.9 } });
  expect(told).not.toHaveProperty('classes');
  const { paths, components } = await get('/openapi.json');
  const { properties } =
    paths['/v1/predict'].post.responses[200].content['application/json'].schema.properties.predictions.items;
  expect(Object.keys(properties)).toEqual(['prediction', 'low', 'high', 'warnings']);
  expect(components.schemas.Explanation.properties.unit).toEqual({ enum: ['amount'] });
  expect(JSON.stringify(paths)).not.toContain('robability of each');
});

it('supports the Open Inference Protocol', async () => {
  await start();
  const inputs = [
    { name: 'plan', datatype: 'BYTES', shape: [3], data: rows.map(({ plan }) => plan) },
    { name: 'usage', datatype: 'FP64', shape: [3], data: rows.map(({ usage }) => usage) },
  ];
  const { status, body } = await post('/v2/models/spend/infer', { inputs });
  expect(status).toBe(200);
  const outputs = new Map(
    body.outputs.map((each: { name: string; data: unknown }) => [each.name, each.data]),
  );
  expect([...outputs.keys()]).toEqual(['prediction', 'low', 'high', 'warnings']);
  expect(outputs.get('prediction')).toEqual(Array.from(expected()));
  expect(outputs.get('high')).toEqual(Array.from(expected(), (value) => value + 5));
});

it('logs its answers, accepts values as outcomes, reports drift and is monitored by its log', async () => {
  const log = join(folder, 'log');
  const { predictions, outcomes } = await openLogs(
    { folder: log, format: 'lines', columns: 'all', hashed: [], rotate: {} } as never,
    model,
    logger,
  );
  const drift = driftFigures({ model: () => model, window: { rows: 100 } });
  await start({ observers: [predictions.observe, drift.observe], figures: drift.registry, outcomes });
  const { id } = await post('/v1/predict', rows[0]);
  expect((await post('/v1/outcomes', { requestId: id, label: 41.5 })).status).toBe(202);
  const wrong = await post('/v1/outcomes', { requestId: id, label: 'much' });
  expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([
    422,
    expect.stringContaining('expected a number'),
  ]);
  await app.close();
  await predictions.close();
  await outcomes.close();
  const lines = (kind: string) =>
    readdirSync(log)
      .filter((name) => name.startsWith(kind))
      .flatMap((name) =>
        readFileSync(join(log, name), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
  const [prediction] = expected();
  expect(lines('predictions')).toMatchObject([
    {
      plan: 'A',
      usage: 3,
      spend_prediction: prediction,
      spend_low: prediction - 2,
      spend_high: prediction + 5,
    },
  ]);
  expect(lines('outcomes')).toMatchObject([{ request: id, label: '41.5' }]);
  const told = await drift.registry.metrics();
  expect(told).toMatch(/churn_window_rows 1\n/);
  expect(told).toContain('churn_missing_share{column="plan"} 0');
  const [, mean] = told.match(/churn_score_mean\{class="prediction"\} (.*)/) ?? [];
  expect(Number(mean)).toBeCloseTo(prediction, 9);
  const settings = await monitorSettings(join(folder, 'none.yaml'), { isNamed: false });
  const file = join(folder, 'm.json');
  const { report } = await monitorInput({ input: log, model: { name: file, file } }, settings);
  expect(report.input).toMatchObject({ rows: 1, scored: 1, labelled: 1 });
  expect(report.realised?.figures.meanAbsoluteError.value).toBeCloseTo(Math.abs(prediction - 41.5), 9);
});
