import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Table } from '@churn/core';
import { monitorSettings } from '../config/monitor-settings';
import { monitorInput } from '../monitoring/monitor-input';
import { createLogger } from '../terminal/logger';
import { getJson, postJson } from '../testing/json-client';
import { saveSurvivalModel } from '../testing/survival-model';
import { driftFigures } from './live/drift-figures';
import { openLogs } from './log/open-logs';
import { loadServedModel, type ServedSurvivalModel } from './served-model';
import { createServer, type ScoringServer } from './server';

const logger = createLogger();
logger.silent = true;
const rows = [
  { plan: 'A', usage: 3, tenure: 0 },
  { plan: 'B', usage: 90, tenure: 5 },
  { plan: null, usage: 250, tenure: 20 },
];

let folder: string;
let model: ServedSurvivalModel;
let app: ScoringServer;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-times-'));
  await saveSurvivalModel(join(folder, 'm.json'));
  const served = await loadServedModel(join(folder, 'm.json'));
  if (served.task !== 'survival') throw new Error('expected a survival model');
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

/** The probability of each row that its event comes within `horizon` from now on. */
function within(horizon: number): number[] {
  const kinds = new Map([
    ['plan', 'category'],
    ['usage', 'numeric'],
  ] as const);
  const x = Table.fromRows(
    rows.map(({ plan, usage }) => ({ plan, usage })),
    kinds,
  );
  return rows.map(({ tenure }, row) => {
    const [now, then] = model.model.model.predictSurvival(model.model.transform(x), [
      tenure,
      tenure + horizon,
    ]);
    return 1 - then[row] / now[row];
  });
}

it('answers rows, alone and together, with conditional probabilities and times, and reports warnings', async () => {
  await start();
  const { status, body } = await post('/v1/predict', rows);
  expect(status).toBe(200);
  const [soon, later] = [within(10), within(30)];
  for (const [row, each] of body.predictions.entries()) {
    expect(Object.keys(each).slice(0, 3)).toEqual(['within', 'expectedTime', 'medianTime']);
    expect(each.within).toEqual({ 10: expect.closeTo(soon[row], 12), 30: expect.closeTo(later[row], 12) });
    expect(each.expectedTime).toBeGreaterThan(0);
  }
  expect(body.predictions[0].medianTime).toBeGreaterThan(10);
  expect(body.predictions[1].medianTime).toBeLessThan(body.predictions[0].medianTime);
  const odd = await post('/v1/predict', { ...rows[0], usage: 9999 });
  expect(odd.body.warnings[0]).toMatchObject({ kind: 'far', column: 'usage', rows: 1 });
  const alone = await post('/v1/predict', rows[1]);
  expect(alone.body.predictions[0].within).toEqual(body.predictions[1].within);
  const wrong = await post('/v1/predict', { ...rows[0], tenure: -2 });
  expect([wrong.status, wrong.body.errors]).toEqual([
    422,
    [{ row: 0, column: 'tenure', detail: 'expected an elapsed time, a number of at least 0, got -2' }],
  ]);
});

it('explains the risk of a row along with its times', async () => {
  await start();
  const { body } = await post('/v1/explain', rows.slice(1, 2));
  const [{ risk, unit, baseline, reasons, within: probabilities }] = body.explanations;
  expect(probabilities[10]).toBeCloseTo(within(10)[1], 12);
  const sum = reasons.reduce(
    (total: number, { contribution }: { contribution: number }) => total + contribution,
    baseline,
  );
  expect([unit, sum]).toEqual(['log-hazard', expect.closeTo(risk, 9)]);
  expect(reasons[0].text).toMatch(/^usage is 90 .*raises the risk a lot$/);
});

it('describes the task in the model and the OpenAPI document', async () => {
  await start();
  const told = await get('/v1/model');
  expect(told).toMatchObject({
    task: 'survival',
    predicts: 'leaving',
    horizons: [10, 30],
    elapsed: 'tenure',
  });
  expect(told.columns.map(({ name }: { name: string }) => name)).toEqual(['plan', 'usage', 'tenure']);
  const { paths, components } = await get('/openapi.json');
  const { properties } =
    paths['/v1/predict'].post.responses[200].content['application/json'].schema.properties.predictions.items;
  expect(Object.keys(properties)).toEqual(['within', 'expectedTime', 'medianTime', 'warnings']);
  expect(components.schemas.Row.required).toEqual(['plan', 'usage', 'tenure']);
  expect(components.schemas.Explanation.properties.unit).toEqual({ enum: ['log-hazard', 'risk'] });
});

it('supports the Open Inference Protocol', async () => {
  await start();
  const inputs = (['plan', 'usage', 'tenure'] as const).map((name) => ({
    ...{ name, datatype: name === 'plan' ? 'BYTES' : 'FP64', shape: [3] },
    data: rows.map((row) => row[name]),
  }));
  const { status, body } = await post('/v2/models/leaving/infer', { inputs });
  expect(status).toBe(200);
  const outputs = new Map(
    body.outputs.map((each: { name: string; data: unknown }) => [each.name, each.data]),
  );
  expect([...outputs.keys()]).toEqual([
    ...['within_10', 'within_30', 'expected_time', 'median_time', 'warnings'],
  ]);
  expect(outputs.get('within_10')).toEqual(within(10).map((p) => expect.closeTo(p, 12)));
});

it('logs its answers, accepts times as outcomes, reports drift and is monitored by its log', async () => {
  const log = join(folder, 'log');
  const { predictions, outcomes } = await openLogs(
    { folder: log, format: 'lines', columns: 'all', hashed: [], rotate: {} } as never,
    model,
    logger,
  );
  const drift = driftFigures({ model: () => model, window: { rows: 100 } });
  await start({ observers: [predictions.observe, drift.observe], figures: drift.registry, outcomes });
  const { id, body } = await post('/v1/predict', rows[0]);
  const { id: other, body: later } = await post('/v1/predict', rows[1]);
  const outcomesOf = [
    { requestId: id, label: 12, event: false },
    { requestId: id, label: 41.5, event: true },
    { requestId: other, label: 60, event: false },
  ];
  for (const each of outcomesOf) expect((await post('/v1/outcomes', each)).status).toBe(202);
  const wrong = await post('/v1/outcomes', { requestId: id, label: -1 });
  expect([wrong.status, wrong.body.errors]).toEqual([
    422,
    [
      expect.objectContaining({ column: 'label', detail: expect.stringMatching(/a number of at least 0/) }),
      expect.objectContaining({
        column: 'event',
        detail: expect.stringMatching(/true if the event occurred/),
      }),
    ],
  ]);
  await app.close();
  await predictions.close();
  await outcomes.close();
  const file = readdirSync(log).find((name) => name.startsWith('predictions')) as string;
  const [{ within: probabilities, expectedTime, medianTime }] = body.predictions;
  const [line] = readFileSync(join(log, file), 'utf8').split('\n');
  expect(JSON.parse(line)).toMatchObject({
    ...{ plan: 'A', usage: 3, tenure: 0 },
    leaving_within_10: probabilities[10],
    leaving_within_30: probabilities[30],
    leaving_expected_time: expectedTime,
    leaving_median_time: medianTime,
  });
  const told = await drift.registry.metrics();
  expect(told).toMatch(/churn_window_rows 2\n/);
  const [, mean] = told.match(/churn_score_mean\{class="within 30"\} (.*)/) ?? [];
  const other30 = later.predictions[0].within[30];
  expect(Number(mean)).toBeCloseTo((probabilities[30] + other30) / 2, 9);
  const named = { name: 'm.json', file: join(folder, 'm.json') };
  const settings = await monitorSettings(join(folder, 'none.yaml'), { isNamed: false });
  const { report } = await monitorInput({ input: log, model: named }, settings);
  expect(report.input).toMatchObject({ rows: 2, scored: 2, labelled: 2 });
  // Both were watched for longer than the horizon, and neither left within it.
  const brier = (probabilities[30] ** 2 + other30 ** 2) / 2;
  expect(report.realised?.figures['brierScore within 30'].value).toBeCloseTo(brier, 12);
});
