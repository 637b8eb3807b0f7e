import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import { z } from 'zod';
import { createLogger } from '../../terminal/logger';
import { loadServedClasses } from '../../testing/served-classes';
import { saveSmallModel } from '../../testing/small-model';
import type { Answered } from '../answered';
import type { ServedClassModel } from '../served-model';
import { createServer, type ScoringServer } from '../server';
import { numberBytes, textBytes } from './binary-tensors';

/** What the Open Inference Protocol says of answers. */
const TENSOR = z.strictObject({ name: z.string(), datatype: z.string(), shape: z.array(z.int()) });
const SERVER = z.strictObject({ name: z.string(), version: z.string(), extensions: z.array(z.string()) });
const MODEL = z.strictObject({
  name: z.string(),
  versions: z.array(z.string()).optional(),
  platform: z.string(),
  inputs: z.array(TENSOR),
  outputs: z.array(TENSOR),
});
const OUTPUT = TENSOR.extend({
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  data: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});
const ANSWER = z.strictObject({
  model_name: z.string(),
  model_version: z.string().optional(),
  id: z.string().optional(),
  parameters: z.object({}).optional(),
  outputs: z.array(OUTPUT),
});
const ERROR = z.strictObject({ error: z.string() });

const logger = createLogger();
const rows = [
  { plan: 'A', usage: 5, age: 30 },
  { plan: null, usage: 90.5, age: null },
  { plan: 'new', usage: 40, age: 61 },
];
const column = (name: 'plan' | 'usage' | 'age') => rows.map((row) => row[name]);
const inputs = [
  { name: 'usage', shape: [3], datatype: 'FP64', data: column('usage') },
  { name: 'plan', shape: [3, 1], datatype: 'BYTES', data: column('plan').map((level) => [level]) },
  { name: 'age', shape: [3], datatype: 'INT64', data: column('age') },
];

let folder: string;
let model: ServedClassModel;
let app: ScoringServer;
let address: string;
let answered: Answered[];

beforeAll(async () => {
  logger.silent = true;
  folder = mkdtempSync(join(tmpdir(), 'churn-inference-'));
  await saveSmallModel(join(folder, 'm.json'));
  model = await loadServedClasses(join(folder, 'm.json'));
  app = createServer({
    ...{ model: () => model, logger, maxRows: 50, bodyLimit: 20_000 },
    observers: [(each) => answered.push(each)],
  });
  address = await app.listen();
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  answered = [];
});

async function get(path: string) {
  const answer = await fetch(address + path);
  return { status: answer.status, body: await answer.json() };
}

async function post(body: unknown, path = '/v2/models/churn/infer') {
  const answer = await fetch(address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** What `/v1/predict` answers to the same rows. */
async function predicted(): Promise<{ probability: number; prediction: string; warnings?: object[] }[]> {
  const answer = await post(rows, '/v1/predict');
  return answer.body.predictions as Awaited<ReturnType<typeof predicted>>;
}

/** The data of each output of an answer. */
function dataOf({ body }: { readonly body: unknown }): Record<string, unknown> {
  const { outputs } = ANSWER.parse(body);
  return Object.fromEntries(outputs.map(({ name, data }) => [name, data]));
}

describe('the Open Inference Protocol', () => {
  it('describes the service and its model, and reports readiness', async () => {
    expect(SERVER.parse((await get('/v2')).body)).toMatchObject({ name: 'churn' });
    expect(await get('/v2/health/live')).toEqual({ status: 200, body: { live: true } });
    expect(await get('/v2/health/ready')).toEqual({ status: 200, body: { ready: true } });
    expect(await get('/v2/models/churn/ready')).toEqual({
      status: 200,
      body: { name: 'churn', ready: true },
    });
    const { body } = await get(`/v2/models/churn/versions/${model.hash}`);
    expect(body).toEqual((await get('/v2/models/churn')).body);
    expect(MODEL.parse(body)).toMatchObject({
      versions: [model.hash],
      inputs: [
        { name: 'plan', datatype: 'BYTES', shape: [-1] },
        { name: 'usage', datatype: 'FP64', shape: [-1] },
        { name: 'age', datatype: 'FP64', shape: [-1] },
      ],
      outputs: [
        { name: 'probability', datatype: 'FP64', shape: [-1] },
        { name: 'prediction', datatype: 'BYTES', shape: [-1] },
        { name: 'warnings', datatype: 'BYTES', shape: [-1] },
      ],
    });
  });

  it('answers like /v1/predict, counts the rows and notifies observers', async () => {
    const expected = await predicted();
    const answer = await post({ id: '42', inputs }, `/v2/models/churn/versions/${model.hash}/infer`);
    expect(ANSWER.parse(answer.body)).toMatchObject({ id: '42', model_version: model.hash });
    const { probability, prediction, warnings } = dataOf(answer);
    expect(probability).toEqual(expected.map((each) => each.probability));
    expect(prediction).toEqual(expected.map((each) => each.prediction));
    expect((warnings as string[]).map((text) => text !== '')).toEqual(
      expected.map((each) => each.warnings !== undefined),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answered.map(({ predictions }) => predictions.length)).toEqual([3, 3]);
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain('churn_rows_total 6');
  });

  it('answers a single row, scored in a batch with simultaneous ones', async () => {
    const [expected] = await predicted();
    const first = inputs.map((input) => ({ ...input, shape: [1], data: input.data.slice(0, 1) }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => post({ inputs: first })));
    for (const answer of answers) expect(dataOf(answer).probability).toEqual([expected.probability]);
  });

  it('returns the requested outputs, in order', async () => {
    const answer = await post({ inputs, outputs: [{ name: 'prediction' }, { name: 'probability' }] });
    expect(Object.keys(dataOf(answer))).toEqual(['prediction', 'probability']);
  });

  it('returns the probability of each of several classes', async () => {
    const n = 90;
    const x = Table.fromColumns({ usage: Float64Array.from({ length: n }, (_, i) => (i * 37) % n) });
    const y = Array.from(x.numeric('usage'), (value) => ['low', 'mid', 'high'][Math.floor(value / 30)]);
    const file = join(folder, 'three.json');
    await saveModel(file, new Pipeline([], new LogisticRegression()).fit(x, y), { predicts: 'tariff' });
    const three = await loadServedClasses(file);
    const other = createServer({ model: () => three, logger, modelName: 'mine' });
    try {
      const at = await other.listen();
      const answer = await fetch(`${at}/v2/models/mine/infer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          inputs: [{ name: 'usage', shape: [2], datatype: 'FP32', data: [3, 88] }],
        }),
      });
      const body = ANSWER.parse(await answer.json());
      const { probability, prediction, probabilities, classes } = dataOf({ body });
      const expected = three.model.predictProba(Table.fromColumns({ usage: [3, 88] }));
      expect(body.outputs[2].shape).toEqual([2, 3]);
      expect(probabilities).toEqual([0, 1].flatMap((row) => expected.map((each) => each[row])));
      expect(classes).toEqual(three.classes);
      expect(prediction).toEqual(['low', 'high']);
      expect(probability).toEqual(
        [0, 1].map((row) => expected[three.classes.indexOf(['low', 'high'][row])][row]),
      );
    } finally {
      await other.close();
    }
  });
});

describe('tensors as bytes', () => {
  const bytes = [
    numberBytes([5, 90.5, 40]),
    textBytes(['A', '', 'new']),
    new Uint8Array(Float32Array.of(30, Number.NaN, 61).buffer),
  ];
  const binary = [
    { name: 'usage', shape: [3], datatype: 'FP64' },
    { name: 'plan', shape: [3], datatype: 'BYTES' },
    { name: 'age', shape: [3], datatype: 'FP32' },
  ].map((input, i) => ({ ...input, parameters: { binary_data_size: bytes[i].length } }));

  async function send(request: object, more: Uint8Array[], length?: string) {
    const json = Buffer.from(JSON.stringify(request));
    const answer = await fetch(`${address}/v2/models/churn/infer`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'inference-header-content-length': length ?? String(json.length),
      },
      body: Buffer.concat([json, ...more]),
    });
    return { answer, body: Buffer.from(await answer.arrayBuffer()) };
  }

  it('are read without a content type, as some clients send them', async () => {
    const json = Buffer.from(JSON.stringify({ inputs: binary }));
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(address);
      const headers = { 'inference-header-content-length': json.length };
      request({ port, method: 'POST', path: '/v2/models/churn/infer', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end(Buffer.concat([json, ...bytes]));
    });
    expect(status).toBe(200);
  });

  it('are read, with NaN and empty texts as missing values', async () => {
    const expected = (await predicted()).map(({ probability }) => probability);
    const { body } = await send({ inputs: binary }, bytes);
    expect(dataOf({ body: JSON.parse(body.toString()) }).probability).toEqual(expected);
    // Beside those that are JSON.
    const mixed = [inputs[0], binary[1], inputs[2]];
    const half = await send({ inputs: mixed }, [bytes[1]]);
    expect(dataOf({ body: JSON.parse(half.body.toString()) }).probability).toEqual(expected);
  });

  it.each([
    ['all', { parameters: { binary_data_output: true } }, ['probability', 'prediction', 'warnings']],
    [
      'the requested ones',
      { outputs: [{ name: 'prediction', parameters: { binary_data: true } }, { name: 'probability' }] },
      ['prediction'],
    ],
  ])('are sent: %s', async (_, asked, expected) => {
    const all = await predicted();
    const { answer, body } = await send({ inputs, ...asked }, []);
    const length = Number(answer.headers.get('inference-header-content-length'));
    const { outputs } = ANSWER.parse(JSON.parse(body.subarray(0, length).toString()));
    let at = length;
    const found = outputs.flatMap(({ name, parameters }) => {
      if (parameters === undefined) return [];
      const part = body.subarray(at, at + Number(parameters.binary_data_size));
      at += part.length;
      if (name === 'probability') {
        expect(part).toEqual(Buffer.from(numberBytes(all.map(({ probability }) => probability))));
      }
      if (name === 'prediction') {
        expect(part).toEqual(Buffer.from(textBytes(all.map(({ prediction }) => prediction))));
      }
      return [name];
    });
    expect(found).toEqual(expected);
    expect(at).toBe(body.length);
  });

  it.each<[string, Uint8Array[], string | undefined, RegExp]>([
    [
      'are truncated',
      [bytes[0], bytes[1]],
      undefined,
      /input "age": expected 12 bytes after the JSON, got 0/,
    ],
    ['are too many', [...bytes, Buffer.of(1)], undefined, /no bytes after those of the inputs/],
    ['follow JSON of an invalid length', bytes, 'many', /inference-header-content-length: expected/],
    ['follow JSON that is longer than the body', bytes, '99999', /up to \d+, the length of the body/],
    [
      'have a text beyond the end',
      [bytes[0], Buffer.alloc(bytes[1].length, 0xff), bytes[2]],
      undefined,
      /input "plan": expected length-prefixed texts/,
    ],
  ])('are rejected if they %s', async (_, more, length, message) => {
    const { answer, body } = await send({ inputs: binary }, more, length);
    expect(answer.status).toBe(400);
    expect(ERROR.parse(JSON.parse(body.toString())).error).toMatch(message);
  });
});

describe('rejects', () => {
  const changed = (i: number, change: object) => ({
    inputs: inputs.map((input, j) => (i === j ? { ...input, ...change } : input)),
  });
  it.each<[string, unknown, number, RegExp]>([
    ['a body that is a list', [], 400, /^the body: expected an object$/],
    ['no inputs', {}, 400, /^"inputs": expected a list$/],
    ['an ID that is a number', { id: 1, inputs }, 400, /^"id": expected a text$/],
    ['a missing column', { inputs: inputs.slice(1) }, 400, /for each column; "usage" missing$/],
    ['an unknown column', changed(0, { name: 'usages' }), 400, /^input "usages": not a column of the model/],
    [
      'a duplicate column',
      { inputs: [...inputs, inputs[0]] },
      400,
      /^input "usage": expected once, got twice$/,
    ],
    [
      'a matrix',
      changed(0, { shape: [1, 3] }),
      400,
      /expected a shape of \[rows\] or \[rows, 1\], got \[1,3\]$/,
    ],
    ['a shape as text', changed(0, { shape: ['3'] }), 400, /expected a shape of/],
    [
      'tensors with different numbers of rows',
      changed(1, { shape: [2] }),
      400,
      /expected 3 rows, as in the first input, got 2$/,
    ],
    ['fewer values than rows', changed(0, { data: [1] }), 400, /expected 3 values, as in its shape, got 1$/],
    ['an unknown datatype', changed(0, { datatype: 'FP16' }), 400, /expected a datatype of BOOL, .*"FP16"$/],
    [
      'no rows',
      { inputs: inputs.map((each) => ({ ...each, shape: [0], data: [] })) },
      422,
      /one or more rows/,
    ],
    [
      'too many rows',
      { inputs: inputs.map((each) => ({ ...each, shape: [51], data: [] })) },
      413,
      /^expected at most 50 rows, got 51$/,
    ],
    [
      'a value of another datatype',
      changed(2, { data: [1, 2.5, 3] }),
      422,
      /^row 1, column "age": expected an integer of INT64, got 2\.5$/,
    ],
    [
      'a value of another kind than its column',
      changed(0, { datatype: 'BYTES', data: ['1', '2', 'lots'] }),
      422,
      /^row 2, column "usage": expected a number, got "lots"$/,
    ],
    [
      'rows that overflow',
      changed(0, { data: [1, 1e308, 2] }),
      422,
      /^row 1, column "usage": 1e\+308 cannot be scored/,
    ],
    ['an unknown output', { inputs, outputs: [{ name: 'p' }] }, 400, /^output "p": expected one of prob/],
  ])('%s', async (_, body, status, message) => {
    const answer = await post(body);
    expect(ERROR.parse(answer.body).error).toMatch(message);
    expect(answer.status).toBe(status);
    expect(answered).toEqual([]);
  });

  it('reports errors of the protocol in its own form, and others as before', async () => {
    for (const path of [
      '/v2/models/other',
      '/v2/models/churn/versions/1',
      '/v2/nowhere',
      '/v2/models/churn/x',
    ]) {
      const { status, body } = await get(path);
      expect(status).toBe(404);
      ERROR.parse(body);
    }
    expect((await get('/v22')).body).toMatchObject({ title: 'Not found' });
    for (const type of ['text/csv', 'text/plain']) {
      const answer = await fetch(`${address}/v2/models/churn/infer`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ inputs }),
      });
      expect([answer.status, ERROR.parse(await answer.json()).error]).toEqual([
        415,
        'expected application/json or application/octet-stream',
      ]);
    }
    const binary = await fetch(`${address}/v1/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: '{}',
    });
    expect(binary.status).toBe(415);
  });

  it('requests without the key, except for health', async () => {
    const guarded = createServer({ model: () => model, logger, apiKey: 'secret' });
    try {
      const at = await guarded.listen();
      const status = async (path: string, headers = {}) => {
        const answer = await fetch(at + path, { headers });
        return answer.status === 401 ? ERROR.parse(await answer.json()).error.slice(0, 20) : answer.status;
      };
      expect(await status('/v2/models/churn')).toBe('expected the API key');
      expect(await status('/v2/models/churn/ready')).toBe('expected the API key');
      expect(await status('/v2/models/churn', { 'x-api-key': 'secret' })).toBe(200);
      expect(await status('/v2/health/ready')).toBe(200);
    } finally {
      await guarded.close();
    }
  });
});

it('rows that break declared rules, if configured', async () => {
  const columns = [{ name: 'usage', kind: 'numeric', max: 50 }];
  const file = join(folder, 'rules.json');
  await saveSmallModel(file, { columns });
  const ruled = await loadServedClasses(file);
  const strict = createServer({ model: () => ruled, logger, rules: 'reject' });
  try {
    const at = await strict.listen();
    const answer = await fetch(`${at}/v2/models/churn/infer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs }),
    });
    expect(answer.status).toBe(422);
    expect(ERROR.parse(await answer.json()).error).toMatch(/^row 1, column "usage": expected 50 or less/);
  } finally {
    await strict.close();
  }
});

it('is in the OpenAPI document, with the name of the model', async () => {
  const { paths, components } = (await get('/openapi.json')).body as {
    paths: Record<string, object>;
    components: { schemas: object };
  };
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v2', '/v2/models/churn/infer']));
  const used = JSON.stringify(paths).match(/#\/components\/schemas\/(\w+)/g) ?? [];
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining([...new Set(used.map((each) => each.split('/')[3]))]),
  );
});
