import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { RandomForestClassifier } from '@churn/models';
import { CategoryEncoder, MeanImputer } from '@churn/transforms';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import { createLogger } from '../terminal/logger.js';
import { pageFiles } from './page-files.js';
import { loadServedModel } from './served-model.js';
import { createServer } from './server.js';

/** All that may be asked without a key. A route that is not named here has to be guarded. */
const OPEN = [
  ...pageFiles().map(({ path }) => path),
  ...['/healthz', '/readyz', '/metrics'],
  ...['/v2', '/v2/', '/v2/health/live', '/v2/health/ready'],
];
const KEY = 'the-key';
const amount = Float64Array.from({ length: 40 }, (_, i) => i);
const x = Table.fromColumns({ amount, town: Array.from(amount, (_, i) => ['Lisbon', 'Porto'][i % 2]) });
const ROW = '{"amount":3,"town":"Porto"}';
const TENSORS = JSON.stringify({
  inputs: [
    { name: 'amount', shape: [1], datatype: 'FP64', data: [3] },
    { name: 'town', shape: [1], datatype: 'BYTES', data: ['Porto'] },
  ],
});

const INFERENCE = [
  ...['/v2/models/:name', '/v2/models/:name/ready'],
  ...['/v2/models/:name/versions/:version', '/v2/models/:name/versions/:version/ready'],
];

const routes: { method: string; url: string }[] = [];
let hash: string;
let learned: RegExp;
let folder: string;
let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-key-'));
  const file = join(folder, 'm.json');
  const y = Array.from(amount, (value) => (value > 20 ? 'goes' : 'remains'));
  const steps = [new MeanImputer(), new CategoryEncoder({ folds: 2 })];
  const fitted = new Pipeline(steps, new RandomForestClassifier({ nEstimators: 3 })).fit(x, y);
  await saveModel(file, fitted, { threshold: 0.4321, predicts: 'emigration' });
  const served = await loadServedModel(file);
  hash = served.hash;
  learned = new RegExp(
    `amount|town|Lisbon|Porto|goes|remains|0\\.4321|emigration|(?<![\\d.])19\\.5(?!\\d)|${hash}`,
  );
  const logger = createLogger();
  logger.silent = true;
  app = createServer({ model: () => served, logger, apiKey: KEY, counterfactuals: async () => () => [] });
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  await app.listen();
  port = (app.server.address() as { port: number }).port;
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends requests as they are spelt, over one socket, and gives their answers in order. */
async function raw(
  requests: readonly { method: string; target: string; headers?: string }[],
): Promise<Answer[]> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  for (const [i, { method, target, headers = '' }] of requests.entries()) {
    const last = i === requests.length - 1 ? 'connection: close\r\n' : '';
    const body = method === 'POST' ? (target.endsWith('/infer') ? TENSORS : ROW) : '';
    socket.write(
      `${method} ${target} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${headers}${last}\r\n${body}`,
    );
  }
  await new Promise((resolve, reject) => socket.on('close', resolve).on('error', reject));
  return text
    .split(/^HTTP\/1\.1 /m)
    .slice(1)
    .map((answer) => ({ status: Number(answer.slice(0, 3)), text: answer }));
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Other ways to write a path: some that a server may take for the same, and some that it must not. */
function spellings(path: string): string[] {
  const letters = [...path];
  const one = letters.map((letter, i) => path.slice(0, i) + percent(letter) + path.slice(i + 1));
  const all = letters.map(percent).join('');
  const afterSlash = `/${letters.slice(1).map(percent).join('')}`;
  const paths = [
    path,
    ...one,
    ...one.map((each) => each.replace(/%../, (code) => code.toUpperCase())),
    ...one.map((each) => each.replace('%', '%25')),
    all,
    afterSlash,
    path.toUpperCase(),
    `/${path}`,
    path.replaceAll('/', '//'),
    path.replaceAll('/', '\\'),
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `/.${path}`,
    `/x/..${path}`,
    `/healthz/..${path}`,
    `/healthz/%2e%2e${path}`,
    `/%2e${path}`,
    `${path};a=1`,
    `${path}?top=1`,
    `${path}%3ftop=1`,
    `${path}%00`,
    `${path}%20`,
    `${path}#x`,
    `${path}.json`,
    path.slice(1),
  ];
  const absolute = paths.flatMap((each) => [
    `http://x${each}`,
    `HTTPS://x:1@y${each}`,
    `//x${each}`,
    `*${each}`,
  ]);
  return [...paths, ...absolute];
}

const METHODS: readonly (HTTPMethods | 'TRACE')[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
];

it('covers every route: open, or guarded', async () => {
  const open = routes.filter(({ url }) => OPEN.includes(url));
  const guarded = routes.filter(({ url }) => !OPEN.includes(url));
  expect(new Set(open.map(({ url }) => url))).toEqual(new Set(OPEN));
  expect(guarded.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
    'GET /openapi.json',
    'GET /v1/model',
    ...INFERENCE.map((path) => `GET ${path}`),
    'HEAD /openapi.json',
    'HEAD /v1/model',
    ...INFERENCE.map((path) => `HEAD ${path}`),
    'POST /v1/counterfactuals',
    'POST /v1/explain',
    'POST /v1/predict',
    'POST /v2/models/:name/infer',
    'POST /v2/models/:name/versions/:version/infer',
  ]);
  for (const route of guarded) {
    const { method } = route;
    const url = route.url.replace(':name', 'emigration').replace(':version', hash);
    const [without, withKey] = [
      await raw([{ method, target: url }]),
      await raw([{ method, target: url, headers: `x-api-key: ${KEY}\r\n` }]),
    ];
    expect([without[0].status, withKey[0].status]).toEqual([401, 200]);
    expect(without[0].text).toContain('www-authenticate: Bearer');
  }
});

it('requires the key however a path is written, and reveals nothing before', async () => {
  // Those with a version are guarded with those without, and long; of the files of the page one stands for all.
  const paths = [...new Set(routes.map(({ url }) => url))].filter(
    (url) => !url.includes(':version') && (!url.startsWith('/page/') || url === '/page/main.js'),
  );
  const seen = new Map<number, number>();
  let tried = 0;
  for (const path of paths) {
    for (const target of spellings(path)) {
      const answers = await raw(METHODS.map((method) => ({ method, target })));
      expect(answers.length).toBeGreaterThan(0);
      for (const { status, text } of answers) {
        tried++;
        seen.set(status, (seen.get(status) ?? 0) + 1);
        const [head, ...body] = text.split('\r\n\r\n');
        // A spelling may lead to an open route; what a guarded one answers always names the model.
        if (![200, 400, 401, 404].includes(status)) throw new Error(`${target}: ${head}`);
        expect(body.join()).not.toMatch(learned);
      }
    }
  }
  process.stderr.write(
    `${tried} spellings of ${paths.length} paths: ${JSON.stringify(Object.fromEntries(seen))}\n`,
  );
  // Some do reach a guarded route.
  expect(seen.get(401)).toBeGreaterThan(200);
});

it.each(['/v%31/predict', '/%761/predict', 'http://x/v1/predict', '/v1/predict'])(
  'answers %s with the key',
  async (target) => {
    const [{ status, text }] = await raw([{ method: 'POST', target, headers: `X-API-Key: ${KEY}\r\n` }]);
    expect(status).toBe(200);
    expect(text).toMatch(learned);
  },
);

it.each([
  ['x-api-key: the-key', 200],
  ['authorization: Bearer the-key', 200],
  ['authorization: bearer the-key', 200],
  ['x-api-key: wrong', 401],
  ['x-api-key:', 401],
  ['x-api-key: the-key, the-key', 401],
  ['x-api-key: the-key\r\nx-api-key: the-key', 401],
  ['x-api-key: wrong\r\nx-api-key: the-key', 401],
  ['x-api-key: wrong\r\nauthorization: Bearer the-key', 401],
  ['x_api_key: the-key', 401],
  ['x-api-key: the-key\0', 400],
  ['authorization: Bearer', 401],
  ['authorization: Basic the-key', 401],
  ['authorization: the-key', 401],
  ['cookie: x-api-key=the-key', 401],
])('answers the header %j with %d', async (header, expected) => {
  const [{ status }] = await raw([{ method: 'GET', target: '/v1/model', headers: `${header}\r\n` }]);
  expect(status).toBe(expected);
});

it('rejects an empty key', async () => {
  const empty = createServer({
    model: () => {
      throw new Error('reached');
    },
    logger: createLogger(),
    apiKey: '',
  });
  const { status } = await fetch(`${await empty.listen()}/v1/model`, { headers: { 'x-api-key': '' } });
  await empty.close();
  expect(status).toBe(401);
});
