import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Pipeline, Random, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { RandomForestClassifier } from '@churn/models';
import { CategoryEncoder, MeanImputer, ModeImputer } from '@churn/transforms';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../logger.js';
import { loadServedModel, type ServedModel } from './served-model.js';
import { createServer } from './server.js';

const HOSTILE = '<script>alert(1)</script>';
const usage = Float64Array.from({ length: 120 }, (_, i) => (i * 37) % 100);
const x = Table.fromColumns({ usage, plan: Array.from(usage, (_, i) => ['A', 'B', HOSTILE][i % 3]) });
const y = Array.from(usage, (value) => (value > 60 ? 'stay' : 'leave'));
const logger = createLogger();
const good = { usage: 5, plan: 'A' };

let folder: string;
let model: ServedModel;
let app: FastifyInstance;
let address: string;

beforeAll(async () => {
  logger.silent = true;
  folder = mkdtempSync(join(tmpdir(), 'churn-serve-'));
  const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
  const fitted = new Pipeline(steps, new RandomForestClassifier({ nEstimators: 20 })).fit(x, y);
  await saveModel(join(folder, 'm.json'), fitted, { threshold: 0.4 });
  model = await loadServedModel(join(folder, 'm.json'));
  app = createServer({ model: () => model, logger, maxRows: 50, bodyLimit: 20_000 });
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

const asCsv = { headers: { 'content-type': 'text/csv' } };

describe('POST /v1/predict', () => {
  it('scores one row and many, as JSON and as CSV, alike and as the model does', async () => {
    const rows = [good, { usage: 95, plan: 'B' }, { usage: null, plan: null }, { usage: 50, plan: 'new' }];
    const expected = model.score(Table.fromColumns({ usage: [5, 95, NaN, 50], plan: ['A', 'B', '', 'new'] }));
    const many = (await post(rows)).json();
    expect(many.model).toBe(model.hash);
    expect(many.predictions).toEqual(expected);
    for (const [i, row] of rows.entries()) {
      const [prediction] = (await post(row)).json().predictions;
      expect(prediction).toEqual(expected[i]);
      expect(prediction.prediction).toBe(prediction.probability >= 0.4 ? 'stay' : 'leave');
    }
    const csv = 'id,plan,usage\n1,A,5\n2,B,95\n3,,\n4,new,50\n';
    expect((await post(csv, asCsv)).json().predictions).toEqual(many.predictions);
  });

  const wrong: [string, unknown, Request, number, RegExp][] = [
    ['a missing column', { usage: 1 }, {}, 422, /"column":"plan","detail":"is missing; give null/],
    ['an unknown column', { ...good, Usage: 1 }, {}, 422, /"column":"Usage","detail":"is no column/],
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
    ['__proto__', '{"__proto__":{"usage":1},"usage":1,"plan":"A"}', {}, 400, /"title":"Bad request"/],
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
      /not compressed/,
    ],
    ['CSV with text in a numeric column', 'usage,plan\nx,A\n', asCsv, 422, /"row":0,"column":"usage"/],
    ['CSV without a column', 'usage\n1\n', asCsv, 422, /plan/],
    ['CSV with a broken quote', 'usage,plan\n1,"A\n', asCsv, 422, /never closed/],
    ['CSV with nothing in it', '', asCsv, 422, /empty/],
  ];
  it.each(wrong)('answers %s with a problem that names it', async (_, body, options, status, message) => {
    const response = await post(body, options);
    expect(response.statusCode).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.body).toMatch(message);
    expect(response.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });

  it('tells every wrong value, up to a bound', async () => {
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

  it('survives nesting as deep as a body allows', async () => {
    const deep = `{"usage":${'['.repeat(9000)}${']'.repeat(9000)},"plan":"A"}`;
    expect((await post(deep)).statusCode).toBe(422);
    expect((await post('['.repeat(19_000))).statusCode).toBe(400);
  });
});

describe('the other routes', () => {
  it('explains rows, the strongest reasons first', async () => {
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

  it('tell the model, health, metrics and the OpenAPI document', async () => {
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
    expect((await get('/readyz')).json()).toEqual({ status: 'ok', model: model.hash });
    expect((await get('/metrics')).body).toMatch(
      /churn_requests_total\{route="\/v1\/predict",method="POST",status="422"\} \d+/,
    );
    const document = (await get('/openapi.json')).json();
    expect(Object.keys(document.components.schemas.Row.properties)).toEqual(['usage', 'plan']);
    expect((await get('/nowhere')).json()).toMatchObject({ status: 404 });
  });

  it('show a page in which what the data holds stays text', async () => {
    const { body, headers } = await get('/');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('want the key where there is one, and only under /v1', async () => {
    const locked = createServer({ model: () => model, logger, apiKey: 'right' });
    const at = await locked.listen();
    const status = async (url: string, headers: Record<string, string> = {}) =>
      (await get(at + url, { headers })).statusCode;
    expect(await status('/v1/model')).toBe(401);
    expect(await status('/v1/model', { 'x-api-key': 'wrong' })).toBe(401);
    expect(await status('/v1/model', { 'x-api-key': 'right' })).toBe(200);
    expect(await status('/v1/model', { authorization: 'Bearer right' })).toBe(200);
    expect(await status('/healthz')).toBe(200);
    await locked.close();
  });
});

describe('fuzzed requests', () => {
  const PIECES = [
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\n',
      '\r',
      '\0',
      ' ',
      'null',
      'true',
      '1',
      '-',
      '1e999',
      'NaN',
      '0x1',
    ],
    ...[
      '"usage"',
      '"plan"',
      'usage',
      'plan',
      '"__proto__"',
      '"constructor"',
      'toString',
      '"\\ud800"',
      'é',
      '😀',
      "'",
    ],
    ...['usage,plan\n', '1,A\n', ',,', '""', '{"usage":1,"plan":"A"}', '[{"usage":1,"plan":"A"}]'],
  ];

  /** Random pieces, often around a good request, and at times with bytes that are no text. */
  function fuzz(random: Random, seed: string): Buffer {
    const pieces = Array.from({ length: random.int(8) }, () => PIECES[random.int(PIECES.length)]);
    if (random.uniform() < 0.5) pieces.splice(random.int(pieces.length + 1), 0, seed);
    const bytes = Buffer.from(pieces.join(''));
    for (let i = random.int(3); i > 0 && bytes.length > 0 && random.uniform() < 0.5; i--) {
      bytes[random.int(bytes.length)] = random.int(256);
    }
    return bytes;
  }

  it.each([
    ['JSON', 'application/json', JSON.stringify(good)],
    ['CSV', 'text/csv', 'usage,plan\n1,A\n2,B\n'],
  ])(
    '10,000 bodies of %s give 2xx or 4xx, and no stack trace',
    async (name, type, seed) => {
      const random = new Random(7).stream(name);
      const seen = new Map<number, number>();
      const send = async (body: Buffer, i: number) => {
        const url = i % 10 === 0 ? '/v1/explain' : '/v1/predict';
        const { statusCode, body: answered } = await post(body, { url, headers: { 'content-type': type } });
        if (statusCode >= 500 || /\n\s+at |node_modules/.test(answered))
          throw new Error(`${statusCode}: ${answered}`);
        seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
      };
      for (let sent = 0; sent < 10_000; sent += 50) {
        await Promise.all(Array.from({ length: 50 }, (_, i) => send(fuzz(random, seed), i)));
      }
      expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
      expect(seen.get(200)).toBeGreaterThan(100);
      expect([...seen.keys()].every((status) => [200, 400, 413, 415, 422].includes(status))).toBe(true);
    },
    300_000,
  );
});

it('a customer is never in the log', async () => {
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
