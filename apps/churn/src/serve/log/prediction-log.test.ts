import { createHmac } from 'node:crypto';
import { Labels, Pipeline, Table } from '@churn/core';
import { type DatasetSchema, readRows, saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import { CategoryEncoder, MeanImputer, ModeImputer } from '@churn/transforms';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../../terminal/logger';
import { useLogFolder } from '../../testing/log-folder';
import { loadServedClasses } from '../../testing/served-classes';
import { saveSmallModel } from '../../testing/small-model';
import type { ServedClassModel } from '../served-model';
import { createServer } from '../server';
import { finishAsLines } from './finish-log-file';
import { finishAsParquet } from './log-parquet';
import { openLog } from './log-records';
import { requireLoggable } from './logged-columns';
import { readOutcomes } from './outcomes';
import { openPredictionLog, type PredictionLog, type PredictionLogOptions } from './prediction-log';
import { RotatedLog } from './rotated-log';

const folder = useLogFolder();
const models = useLogFolder();
const logger = createLogger();
logger.silent = true;
const rotate = { rows: 1000, bytes: 2 ** 20, age: 3600 };

let app: FastifyInstance;
let served: ServedClassModel;
let log: PredictionLog;
let outcomes: RotatedLog;
let address: string;

async function start(options: Partial<PredictionLogOptions> = {}, file = 'm.json'): Promise<void> {
  served = await loadServedClasses(models.path(file));
  const common = { folder: folder.path(), rotate, finish: finishAsLines, logger };
  log = await openPredictionLog({ ...common, columns: 'all', hashed: [], ...options });
  outcomes = await RotatedLog.open({
    ...common,
    kind: 'outcomes',
    ...(options.finish && { finish: options.finish }),
  });
  app = createServer({ model: () => served, logger, observers: [log.observe], outcomes, maxRows: 100 });
  address = await app.listen();
}

beforeEach(() => saveSmallModel(models.path('m.json')));

async function stop(): Promise<void> {
  await app.close();
  await log.close();
  await outcomes.close();
}

afterEach(async () => {
  jest.restoreAllMocks();
  await stop();
});

/** Sends a body as JSON, unless it is text. */
async function post(body: unknown, url = '/v1/predict', type = 'application/json') {
  const answer = await fetch(address + url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: answer.status,
    id: String(answer.headers.get('x-request-id')),
    ...JSON.parse(await answer.text()),
  };
}

/** All rows that the log has of a model, with more columns. */
async function logOf(model: ServedClassModel, more: DatasetSchema = []): Promise<Table[]> {
  const reading = { ...model, schema: [...model.schema, ...more] };
  const tables: Table[] = [];
  for await (const { table } of readRows(await openLog(folder.path(), model), reading).batches())
    tables.push(table);
  return tables;
}

const rows = [
  { plan: 'A', usage: 12.5, age: 30 },
  { plan: 'new "one"\n', usage: null, age: 0.1 },
  { plan: null, usage: 1e21, age: null },
];

describe('the prediction log', () => {
  it('records who requested each row and when, its values and the answer, sent alone or in a batch', async () => {
    await start();
    const before = Date.now();
    const many = await post(rows);
    const alone = await post(rows[1]);
    await stop();
    const logged = await folder.rows('predictions');
    const expected = [many, many, many, alone].map(({ id }, i) => {
      const place = i % 3;
      const { probability, prediction } = [...many.predictions, alone.predictions[0]][i];
      return {
        churn_time: expect.stringMatching(/^\d{4}-.*Z$/),
        churn_request: id,
        churn_model: served.hash,
        churn_row: place,
        ...[...rows, { ...rows[1] }][i],
        churn_probability: probability,
        churn_prediction: prediction === 'yes' ? 1 : 0,
      };
    });
    expect(logged).toEqual(expected);
    const times = logged.map(({ churn_time }) => Date.parse(String(churn_time)));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(before);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
  });

  it('keeps the chosen columns, and only a keyed hash of some, under another name', async () => {
    await start({ columns: ['age'], hashed: ['plan', 'usage'], salt: 'salty' });
    await post(rows);
    await stop();
    const hash = (text: string) => createHmac('sha256', 'salty').update(text).digest('hex');
    const logged = await folder.rows('predictions');
    expect(logged.map(({ age, plan_hash, usage_hash }) => [age, plan_hash, usage_hash])).toEqual([
      [30, hash('A'), hash('12.5')],
      [0.1, hash('new "one"\n'), null],
      [null, null, hash('1e+21')],
    ]);
    expect(logged.flatMap(Object.keys)).not.toContain('plan');
    expect(await folder.text()).not.toMatch(/"A"|12\.5/);
  });

  it('keeps no feature if none is chosen', async () => {
    await start({ columns: 'none' });
    await post(rows[0]);
    await stop();
    expect(Object.keys((await folder.rows('predictions'))[0])).toEqual(
      ['time', 'request', 'model', 'row', 'probability', 'prediction'].map((name) => `churn_${name}`),
    );
  });

  it('can be read back as the model reads it', async () => {
    await start();
    const { predictions, id } = await post(rows);
    await stop();
    const [table] = await logOf(served, [
      { name: 'churn_probability', kind: 'numeric' },
      { name: 'churn_time', kind: 'date' },
      { name: 'churn_request', kind: 'category' },
    ]);
    expect(served.score(table)).toEqual(
      predictions.map(({ warnings, ...prediction }: { warnings: unknown }) => prediction),
    );
    expect([...table.numeric('churn_probability')]).toEqual(
      served.score(table).map(({ probability }) => probability),
    );
    expect(table.row(2)).toMatchObject({ churn_request: id, plan: null, usage: 1e21 });
    await expect(logOf(served, [{ name: 'nowhere', kind: 'numeric' }])).rejects.toThrow(/"nowhere"/);
  });

  it('records the probability of each of more than two classes', async () => {
    const usage = Float64Array.from({ length: 90 }, (_, i) => i);
    const y = Labels.from(Array.from(usage, (value) => ['low', '__proto__', 'high'][Math.floor(value / 30)]));
    const model = new Pipeline([new MeanImputer()], new LogisticRegression()).fit(
      Table.fromColumns({ usage }),
      y,
    );
    await saveModel(models.path('three.json'), model, {});
    await start({}, 'three.json');
    const { predictions } = await post({ usage: 40 });
    await stop();
    const [logged] = await folder.rows('predictions');
    const { prediction, probabilities } = predictions[0];
    expect(logged.churn_prediction).toBe(prediction);
    for (const label of served.classes) {
      expect(logged[`churn_probability_${label}`]).toBe(
        Object.entries(probabilities).find(([name]) => name === label)?.[1],
      );
    }
  });

  it("starts a new file for another model, and returns each model's own rows", async () => {
    const other = Table.fromColumns({ plan: ['A', 'B', 'A', 'B'], price: [1, 2, 3, 4] });
    const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
    await saveModel(
      models.path('n.json'),
      new Pipeline(steps, new LogisticRegression()).fit(other, ['no', 'yes', 'yes', 'no']),
      {},
    );
    await start();
    const first = served;
    await post(rows);
    served = await loadServedClasses(models.path('n.json'));
    await post({ plan: 'B', price: 3 });
    await stop();
    expect(await folder.endings()).toEqual(['predictions.jsonl', 'predictions.jsonl']);
    const names = async (model: ServedClassModel) =>
      (await logOf(model)).map((table) => [table.names, table.nRows]);
    expect(await names(first)).toEqual([[['plan', 'usage', 'age'], 3]]);
    expect(await names(served)).toEqual([[['plan', 'price'], 1]]);
  });

  it("rejects columns unknown to the model, and a model whose columns clash with the log's", async () => {
    await start();
    const { schema } = served;
    const refusal =
      (columns: 'all' | string[], hashed: string[] = [], more: typeof schema = []) =>
      () =>
        requireLoggable({ ...served, schema: [...schema, ...more] }, { columns, hashed });
    expect(refusal(['plan'], ['age'])).not.toThrow();
    expect(refusal(['plam'])).toThrow(
      'monitoring.log.columns: "plam" is not a column of the model; did you mean "plan"?',
    );
    expect(refusal('all', ['id'])).toThrow('monitoring.log.hashed: "id" is not a column of the model');
    expect(refusal('all', [], [{ name: 'churn_row', kind: 'numeric' }])).toThrow(
      'monitoring.log: expected a model without a column "churn_row", which the log adds',
    );
  });
});

describe('POST /v1/outcomes', () => {
  const url = '/v1/outcomes';

  it('records the outcomes of rows, the latest of which counts', async () => {
    await start();
    const { id } = await post(rows);
    expect(await post({ requestId: id, row: 0, label: 'no' }, url)).toMatchObject({
      status: 202,
      accepted: 1,
    });
    const list = [
      { requestId: id, row: 2, label: ' yes' },
      { requestId: id, row: 0, label: 'yes' },
    ];
    expect(await post(list, url)).toMatchObject({ status: 202, accepted: 2 });
    // Before the service ends.
    const read = await readOutcomes(folder.path());
    await stop();
    expect(read.size).toBe(2);
    expect([0, 1, 2].map((row) => read.of(id, row, false)?.label)).toEqual(['yes', undefined, 'yes']);
    expect((await readOutcomes(folder.path())).of(id, 0, false)?.label).toBe('yes');
    const training = { target: { column: 'left', classes: ['no', 'yes'] } };
    const [table] = await logOf({ ...served, training }, [{ name: 'left', kind: 'category' }]);
    expect([0, 1, 2].map((row) => table.row(row).left)).toEqual(['yes', null, 'yes']);
  });

  it.each([finishAsLines, finishAsParquet])(
    'assigns one without a row to the only row of a request, and rejects it for several: %p',
    async (finish) => {
      await start({ finish }, 'm.json');
      const several = await post(rows);
      const many = await post(Array(100).fill(rows[0]));
      const alone = await post(rows[0]);
      const twice = await post([rows[0]]);
      const list = [several, many, alone, twice].map(({ id }) => ({ requestId: id, label: 'yes' }));
      expect(await post(list, url)).toMatchObject({ status: 202, accepted: 4 });
      // Of one row told of with and without its place, the later holds, too.
      expect(await post({ requestId: twice.id, row: 0, label: 'no' }, url)).toMatchObject({ status: 202 });
      await stop();
      expect((await folder.rows('outcomes')).map(({ row }) => row)).toEqual([null, null, null, null, 0]);
      const training = { target: { column: 'left', classes: ['no', 'yes'] } };
      const tables = await logOf({ ...served, training }, [{ name: 'left', kind: 'category' }]);
      const labels = tables.flatMap((table) =>
        Array.from({ length: table.nRows }, (_, row) => table.row(row).left),
      );
      expect(labels).toEqual([...Array(103).fill(null), 'yes', 'no']);
    },
  );

  it('names every invalid value, and records nothing of such a request', async () => {
    await start();
    const id = '12345678-1234-4234-8234-123456789012';
    const answer = await post(
      [
        { requestId: id, label: 'yes' },
        { requestId: 'x', row: -1, label: 'maybe' },
        { requestId: id, row: 100, label: 'no', when: 'now' },
        { requestId: id },
        7,
      ],
      url,
    );
    expect(answer.status).toBe(422);
    expect(answer.title).toBe('The outcomes are invalid');
    const told = answer.errors.map(
      ({ row, column, detail }: Record<string, unknown>) => `${row} ${column} ${detail}`,
    );
    expect(told).toEqual([
      '1 requestId expected the ID of a request, from the header x-request-id of its response',
      '1 row expected the index of a row in its request, from 0 to 99',
      '1 label expected one of "no", "yes"',
      '2 row expected the index of a row in its request, from 0 to 99',
      '2 undefined expected an object with only requestId, label and optionally row',
      '3 label expected one of "no", "yes"',
      '4 undefined expected an object with only requestId, label and optionally row',
    ]);
    for (const [body, status] of [
      [[], 422],
      [Array(101).fill({ requestId: id, label: 'no' }), 413],
    ] as const) {
      expect((await post(body, url)).status).toBe(status);
    }
    expect((await post('a', url, 'text/csv')).status).toBe(415);
    expect((await post('', url)).status).toBe(400);
    expect((await post('{', url)).status).toBe(400);
    await stop();
    expect(await folder.rows('outcomes')).toEqual([]);
  });

  it('reports if they could not be written', async () => {
    await start();
    jest.spyOn(outcomes, 'flush').mockResolvedValue(false);
    const answer = await post({ requestId: '12345678-1234-4234-8234-123456789012', label: 'no' }, url);
    expect(answer).toMatchObject({ status: 503, detail: expect.stringContaining('send them again') });
    await stop();
  });

  it('is in the OpenAPI document if outcomes are recorded, and otherwise does not exist', async () => {
    await start();
    const paths = async () =>
      Object.keys(JSON.parse(await (await fetch(`${address}/openapi.json`)).text()).paths);
    expect(await paths()).toContain(url);
    await stop();
    app = createServer({ model: () => served, logger });
    address = await app.listen();
    expect(await paths()).not.toContain(url);
    expect((await post({}, url)).status).toBe(404);
    await app.close();
  });
});
