import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../terminal/logger.js';
import { loadServedClasses } from '../testing/served-classes.js';
import type { Answered } from './answered.js';
import type { ServedClassModel } from './served-model.js';
import { createServer } from './server.js';

const HOSTILE = '<script>alert(1)</script>';
const usage = Float64Array.from({ length: 120 }, (_, i) => (i * 37) % 100);
const x = Table.fromColumns({ usage, plan: Array.from(usage, (_, i) => ['A', 'B', HOSTILE][i % 3]) });
const y = Array.from(usage, (value) => (value > 60 ? 'stay' : 'leave'));
const logger = createLogger();
const good = { usage: 5, plan: 'A' };

let folder: string;
let model: ServedClassModel;
let app: FastifyInstance;
let address: string;
let answered: Answered[];

beforeAll(async () => {
  logger.silent = true;
  folder = mkdtempSync(join(tmpdir(), 'churn-serve-'));
  const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
  const fitted = new Pipeline(steps, new RandomForestClassifier({ nEstimators: 20 })).fit(x, y);
  await saveModel(join(folder, 'm.json'), fitted, { threshold: 0.4 });
  model = await loadServedClasses(join(folder, 'm.json'));
  app = createServer({
    model: () => model,
    logger,
    maxRows: 50,
    bodyLimit: 20_000,
    observers: [(each) => answered.push(each)],
  });
  address = await app.listen();
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

interface Request {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a body over a socket, as JSON unless it is text or bytes. */
async function post(body: unknown, { url = '/v1/predict', headers = {} }: Request = {}) {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  return answer(
    await fetch(address + url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: isRaw ? (body as string) : JSON.stringify(body),
    }),
  );
}

async function get(url: string, { headers = {} }: Request = {}) {
  return answer(await fetch(url.startsWith('/') ? address + url : url, { headers }));
}

async function answer(response: Response) {
  const body = await response.text();
  return { statusCode: response.status, body, headers: response.headers, json: () => JSON.parse(body) };
}

beforeEach(() => {
  answered = [];
});

const asCsv = { headers: { 'content-type': 'text/csv' } };

describe('POST /v1/predict', () => {
  it('scores one row and many, as JSON and CSV, alike and like the model', async () => {
    const rows = [good, { usage: 95, plan: 'B' }, { usage: null, plan: null }, { usage: 50, plan: 'new' }];
    const expected = model.score(Table.fromColumns({ usage: [5, 95, NaN, 50], plan: ['A', 'B', '', 'new'] }));
    const many = (await post(rows)).json();
    expect(many.model).toBe(model.hash);
    const unwarned = (predictions: object[]) => predictions.map((each) => ({ ...each, warnings: undefined }));
    expect(unwarned(many.predictions)).toEqual(unwarned(expected));
    for (const [i, row] of rows.entries()) {
      const [prediction] = (await post(row)).json().predictions;
      expect(prediction).toEqual(many.predictions[i]);
      expect(prediction.prediction).toBe(prediction.probability >= 0.4 ? 'stay' : 'leave');
    }
    const csv = 'id,plan,usage\n1,A,5\n2,B,95\n3,,\n4,new,50\n';
    for (const body of [csv, csv.replaceAll('\n', '\r')]) {
      expect((await post(body, asCsv)).json().predictions).toEqual(many.predictions);
    }
  });

  it('notifies observers of the answer, by request ID', async () => {
    const one = await post(good);
    const many = await post([good, good]);
    const refused = await post({ usage: 1 });
    const ids = [one, many, refused].map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(3);
    // Those of the test before may come with them.
    const told = () => answered.filter(({ id }) => ids.includes(id));
    while (told().length < 2) await setTimeout(5);
    await setTimeout(50);
    expect(told().map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(told().map(({ predictions }) => predictions)).toEqual([
      one.json().predictions,
      many.json().predictions,
    ]);
  });

  const wrong: [string, unknown, Request, number, RegExp][] = [
    [
      'a missing column',
      { usage: 1 },
      {},
      422,
      /"column":"plan","detail":"missing; pass null if the value is unknown/,
    ],
    [
      'an unknown column',
      { ...good, Usage: 1 },
      {},
      422,
      /"column":"Usage","detail":"not a column of the model"/,
    ],
    [
      'a column given twice',
      '[{"usage":1,"plan":"a:b"},{"usage":1,"plan":"A","usage":2}]',
      {},
      422,
      /"row":1,"column":"usage","detail":"expected one value, got two"/,
    ],
    [
      'a column given twice by another spelling',
      '{"usage":1,"plan":"A","\\u0070lan":"B"}',
      {},
      422,
      /"row":0,"column":"plan","detail":"expected one value, got two"/,
    ],
    [
      'a number that has lost digits where text is expected',
      '{"usage":1,"plan":9007199254740993}',
      {},
      422,
      /"column":"plan","detail":"expected text, got an integer beyond 2\^53/,
    ],
    [
      'text in a numeric column',
      [good, { ...good, usage: 'x' }],
      {},
      422,
      /"row":1,"column":"usage","detail":"expected a number, got \\"x\\""/,
    ],
    ['a number that is not finite', '{"usage":1e999,"plan":"A"}', {}, 422, /expected a number, got Infinity/],
    ['an object as a level', { ...good, plan: {} }, {}, 422, /expected text, got an object/],
    ['no rows', [], {}, 422, /got none/],
    ['too many rows', new Array(51).fill(good), {}, 413, /at most 50 rows, got 51/],
    ['a number', '7', {}, 422, /row 0: expected an object/],
    ['broken JSON', '{"usage":', {}, 400, /"title":"Bad request"/],
    ['an empty body', '', {}, 400, /"title":"Bad request"/],
    [
      '__proto__',
      '{"__proto__":{"usage":1},"usage":1,"plan":"A"}',
      {},
      422,
      /"column":"__proto__","detail":"not a column of the model"/,
    ],
    ['a level that is not finite', '{"usage":1,"plan":1e999}', {}, 422, /"column":"plan".*got Infinity/],
    [
      'JSON that is not UTF-8',
      Buffer.from('{"usage":1,"plan":"\xe9"}', 'latin1'),
      {},
      400,
      /expected a body of JSON: it is not UTF-8/,
    ],
    [
      'CSV that is not UTF-8',
      Buffer.from('usage,plan\n1,A\n1,\xe9\n', 'latin1'),
      asCsv,
      422,
      /body, line 3: not UTF-8/,
    ],
    [
      'another charset',
      '{}',
      { headers: { 'content-type': 'application/json; charset=ISO-8859-1' } },
      415,
      /in UTF-8, got ISO-8859-1/,
    ],
    [
      'a long text with a detail of bounded length',
      { usage: 1, ['x'.repeat(15_000)]: 1, plan: 'A' },
      {},
      422,
      /^.{0,1500}$/,
    ],
    ['a large body', `[${' '.repeat(30_000)}]`, {}, 413, /larger/],
    [
      'another content type',
      'x',
      { headers: { 'content-type': 'text/plain' } },
      415,
      /application\/json or text\/csv/,
    ],
    [
      'compression',
      gzipSync(Buffer.alloc(2 ** 20)),
      { headers: { 'content-encoding': 'gzip' } },
      415,
      /expected an uncompressed body, got gzip/,
    ],
    ['CSV with text in a numeric column', 'usage,plan\nx,A\n', asCsv, 422, /"row":0,"column":"usage"/],
    ['CSV without a column', 'usage\n1\n', asCsv, 422, /plan/],
    ['CSV with a broken quote', 'usage,plan\n1,"A\n', asCsv, 422, /never closed/],
    [
      'CSV with more columns than anyone has',
      ','.repeat(19_000),
      asCsv,
      422,
      /at most 10000 columns, got 19001/,
    ],
    ['CSV with nothing in it', '', asCsv, 422, /empty/],
  ];
  it.each(wrong)('answers %s with a problem that names it', async (_, body, options, status, message) => {
    const response = await post(body, options);
    expect(response.statusCode).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.body).toMatch(message);
    expect(response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });

  it('reports every invalid value, up to a maximum', async () => {
    const { errors } = (
      await post([
        { usage: 'a', plan: [] },
        { usage: 'b', plan: 'A' },
      ])
    ).json();
    expect(errors.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
      [0, 'usage'],
      [0, 'plan'],
      [1, 'usage'],
    ]);
    const many = (await post(new Array(50).fill({ a: 1, b: 2, c: 3 }))).json();
    expect(many.errors).toHaveLength(100);
    expect(many.omittedErrors).toBe(150);
  });

  it('survives the deepest nesting that a body allows', async () => {
    const deep = `{"usage":${'['.repeat(9000)}${']'.repeat(9000)},"plan":"A"}`;
    expect((await post(deep)).statusCode).toBe(422);
    expect((await post('['.repeat(19_000))).statusCode).toBe(400);
  });
});

describe('the other routes', () => {
  it('explain rows, strongest reasons first', async () => {
    const response = await post(good, { url: '/v1/explain?top=1' });
    const [{ probability, prediction, label, reasons, unit }] = response.json().explanations;
    expect({ probability, prediction }).toEqual(await model.scoreOne(good));
    expect(label).toBe('stay');
    expect(unit).toBe('probability');
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({
      column: 'usage',
      value: 5,
      text: expect.stringMatching(/^usage is 5 /),
    });
    expect((await post(good, { url: '/v1/explain?top=0' })).statusCode).toBe(400);
  });

  it('return the model, health, metrics and the OpenAPI document', async () => {
    expect((await get('/v1/model')).json()).toMatchObject({
      hash: model.hash,
      classes: ['leave', 'stay'],
      threshold: 0.4,
      columns: [
        { name: 'usage', kind: 'numeric', average: expect.any(Number) },
        { name: 'plan', kind: 'category', levels: expect.arrayContaining([HOSTILE]) },
      ],
    });
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await get('/readyz')).json()).toEqual({ status: 'ok' });
    expect((await get('/metrics')).body).toMatch(
      /churn_requests_total\{route="\/v1\/predict",method="POST",status="422"\} \d+/,
    );
    const document = (await get('/openapi.json')).json();
    expect(Object.keys(document.components.schemas.Row.properties)).toEqual(['usage', 'plan']);
    expect((await get('/nowhere')).json()).toMatchObject({ status: 404 });
  });

  it('answer with headers that forbid scripts and caching, errors included', async () => {
    const answers = [
      await get('/'),
      await get('/page/main.js'),
      await get('/v1/model'),
      await get('/nowhere'),
      await get('/%'),
      await post(good),
      await post('{'),
      await post(gzipSync(''), { headers: { 'content-encoding': 'gzip' } }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 404, 400, 200, 400, 415]);
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      const policy = headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none';(.*;)? frame-ancestors 'none'$/);
      expect(policy).not.toContain('unsafe');
    }
  });

  it('serve a page that contains nothing of the model, and no inline script or style', async () => {
    const { body } = await get('/');
    expect(body).not.toMatch(/usage|plan|leave|style=|<style|<script>|onclick/);
    expect(body).toContain('<script type="module" src="/page/main.js"></script>');
  });
});

describe('a row that cannot be scored', () => {
  const names = ['a', 'b', '__proto__'];
  const numbers = (seed: number) => Float64Array.from({ length: 80 }, (_, i) => ((i * seed) % 17) - 8);
  const columns = names.map((name, j): [string, Float64Array] => [name, numbers(j + 3)]);
  const rowOf = (...values: number[]) => `{${names.map((name, j) => `"${name}":${values[j]}`).join()}}`;
  const steps = [new MeanImputer(), new PolynomialFeatures({ degree: 2 }), new StandardScaler()];
  const pipeline = new Pipeline(steps, new LogisticRegression());
  let squares: FastifyInstance;
  let at: string;

  beforeAll(async () => {
    const labels = Array.from(columns[0][1], (value, i) => (value * columns[1][1][i] > 5 ? 1 : 0));
    const file = join(folder, 'squares.json');
    await saveModel(file, pipeline.fit(Table.fromColumns(columns), labels), {});
    const served = await loadServedClasses(file);
    squares = createServer({ model: () => served, logger });
    at = await squares.listen();
  });
  afterAll(() => squares.close());

  const send = async (body: string, path = '/v1/predict') => {
    const headers = { 'content-type': body.startsWith('a,') ? 'text/csv' : 'application/json' };
    return answer(await fetch(at + path, { method: 'POST', headers, body }));
  };

  it('fails alone in a batch of single rows', async () => {
    const { body: expected } = await send(rowOf(1, 2, 3));
    const rows = Array.from({ length: 40 }, (_, i) => (i % 4 === 1 ? rowOf(1, -1e308, 0) : rowOf(1, 2, 3)));
    const answers = await Promise.all(rows.map((row) => send(row)));
    for (const [i, { statusCode, body }] of answers.entries()) {
      if (i % 4 === 1) {
        expect(statusCode).toBe(422);
        expect(JSON.parse(body).errors).toEqual([
          { row: 0, column: 'b', detail: expect.stringContaining('-1e+308') },
        ]);
      } else expect([statusCode, body]).toEqual([200, expected]);
    }
  });

  it.each([
    ['JSON', `[${[rowOf(1, 2, 3), rowOf(1e300, 2, 3), rowOf(1, 2, 3), rowOf(1, 2, -1e308)]}]`],
    ['CSV', `${names}\n1,2,3\n1e300,2,3\n1,2,3\n1,2,-1e308\n`],
  ])('is reported with its column, and so are all others of a list of %s', async (_, body) => {
    for (const path of ['/v1/predict', '/v1/explain']) {
      const response = await send(body, path);
      expect(response.statusCode).toBe(422);
      expect(response.json().errors).toMatchObject([
        { row: 1, column: 'a' },
        { row: 3, column: '__proto__' },
      ]);
    }
  });

  it('is found among 10,000', async () => {
    const rows = new Array(10_000).fill(rowOf(1, 2, 3));
    rows[9_876] = rowOf(1, -1e308, 3);
    expect((await send(`[${rows}]`)).json().errors).toMatchObject([{ row: 9_876, column: 'b' }]);
  });

  it('is not a row with a column named __proto__, which is like any other', async () => {
    const known = (await send(rowOf(1, 2, 7))).json();
    const csv = (await send(`${names}\n1,2,7\n`)).json();
    expect(known).toEqual(csv);
    expect(known).not.toEqual((await send(rowOf(1, 2, -5))).json());
    expect((await send('{"a":1,"b":2}')).json().errors).toMatchObject([{ row: 0, column: '__proto__' }]);
  });
});

it('an unexpected error of one row does not affect the others of its batch', async () => {
  jest.spyOn(model.model.model, 'predictProba').mockImplementation(function (this: unknown, table: Table) {
    if (table.numeric('usage').includes(13)) throw new TypeError('unexpected');
    return Object.getPrototypeOf(model.model.model).predictProba.call(model.model.model, table);
  });
  const rows = [1, 2, 13, 4].map((value) => ({ usage: value, plan: 'A' }));
  const statuses = (await Promise.all(rows.map((row) => post(row)))).map(({ statusCode }) => statusCode);
  jest.restoreAllMocks();
  expect(statuses).toEqual([200, 200, 500, 200]);
});

it('customer data is never logged', async () => {
  const logged: string[] = [];
  const spy = {
    isDebugEnabled: () => true,
    debug: (text: string) => logged.push(text),
    error: (text: string) => logged.push(text),
  };
  const watched = createServer({ model: () => model, logger: spy as unknown as typeof logger });
  const at = await watched.listen();
  const body = JSON.stringify({ usage: 987_654, plan: 'secret plan' });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${at}/v1/predict?plan=secret`, { method: 'POST', headers, body })).text();
  await watched.close();
  expect(logged.join('\n')).toMatch(/^POST \/v1\/predict 200 [\d.]+ ms$/);
});
