import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@churn/core';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../terminal/logger.js';
import { saveSmallModel } from '../testing/small-model.js';
import { loadServedModel } from './served-model.js';
import { createServer, type ServerOptions } from './server.js';

/** What is odd about rows, over HTTP. */
const TRAINING: JsonObject = {
  columns: [
    { name: 'plan', kind: 'category' },
    { name: 'usage', kind: 'numeric', min: 0 },
    { name: 'age', kind: 'numeric', integer: true, nullable: false },
  ],
};
const GOOD = { plan: 'A', usage: 5, age: 30 };
const NEW = { plan: 'gold', usage: 5, age: 30 };
const WRONG = { plan: 'gold', usage: -0.5, age: 20.5 };
const TOTAL = { plan: null, usage: 40_000, age: null };
const MOSTLY_EMPTY = 'most columns are empty, even those that were nearly always filled in training';
const UNSEEN = { kind: 'unseen', column: 'plan', text: 'plan is "gold", not seen in training' };

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-serve-warnings-'));
  await saveSmallModel(join(folder, 'm.json'), TRAINING);
});

afterAll(() => rmSync(folder, { recursive: true }));

const open: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** A service to ask. */
async function service(options: Partial<ServerOptions> = {}) {
  const model = await loadServedModel(join(folder, 'm.json'));
  const logger = createLogger();
  logger.silent = true;
  const app = createServer({ model: () => model, logger, ...options });
  open.push(app);
  const address = await app.listen();
  return {
    async post(payload: unknown, url = '/v1/predict', type = 'application/json') {
      const answer = await fetch(address + url, {
        method: 'POST',
        body: typeof payload === 'string' ? payload : JSON.stringify(payload),
        headers: { 'content-type': type, 'x-api-key': 'key' },
      });
      // biome-ignore lint/suspicious/noExplicitAny: an answer of any sort.
      return { status: answer.status, ...((await answer.json()) as any) };
    },
    async metrics(headers: Readonly<Record<string, string>> = {}) {
      const text = await (await fetch(`${address}/metrics`, { headers })).text();
      return text.split('\n').filter((line) => /^churn_(unseen|far|rule|mostly)/.test(line));
    },
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any sort.
    get: async (url: string): Promise<any> => (await fetch(address + url)).json(),
  };
}

it('each prediction has its warnings, and the answer their totals', async () => {
  const { post } = await service();
  const rows = [GOOD, NEW, WRONG, TOTAL];
  const { predictions, warnings } = await post(rows);
  expect(
    predictions.map((each: { warnings?: { text: string }[] }) => each.warnings?.map(({ text }) => text)),
  ).toEqual([
    undefined,
    ['plan is "gold", not seen in training'],
    [
      'plan is "gold", not seen in training',
      'usage is -0.5, expected 0 or more',
      'age is 20.5, expected an integer',
    ],
    [
      'usage is 40000, far beyond the training range (0 to 99)',
      'age is unknown, expected a value',
      MOSTLY_EMPTY,
    ],
  ]);
  expect(predictions[1].warnings).toEqual([UNSEEN]);
  expect(warnings).toEqual(
    expect.arrayContaining([
      { kind: 'unseen', column: 'plan', detail: 'not seen in training', rows: 2, values: ['gold'] },
      { kind: 'rule', column: 'age', detail: 'expected a value', rows: 1, values: [null] },
      { kind: 'empty', detail: MOSTLY_EMPTY, rows: 1, values: [] },
    ]),
  );
  expect(warnings).toHaveLength(6);
  for (const [i, row] of rows.entries()) expect((await post(row)).predictions).toEqual([predictions[i]]);
  const csv = 'plan,usage,age\nA,5,30\ngold,5,30\ngold,-0.5,20.5\n,40000,\n';
  expect(await post(csv, '/v1/predict', 'text/csv')).toMatchObject({ predictions, warnings });
  const explained = await post(rows, '/v1/explain');
  expect(explained.warnings).toEqual(warnings);
  expect(explained.explanations[1].warnings).toEqual([UNSEEN]);
  expect(explained.explanations[1].reasons).toContainEqual(
    expect.objectContaining({ text: expect.stringContaining('plan is "gold", not seen in training: ') }),
  );
});

it('an answer without warnings has no such field', async () => {
  const { post } = await service();
  for (const body of [GOOD, [GOOD, GOOD]]) {
    const answer = await post(body);
    expect(answer).not.toHaveProperty('warnings');
    expect(answer.predictions[0]).not.toHaveProperty('warnings');
  }
});

it('metrics count warnings by the columns of the model, whatever is sent', async () => {
  const { post, metrics } = await service();
  await post([GOOD, NEW, WRONG, TOTAL]);
  await post({ ...NEW, plan: 'platinum' });
  await post({ ...NEW, other: 1 });
  expect(await metrics()).toEqual([
    'churn_unseen_values_total{column="plan"} 3',
    'churn_far_values_total{column="usage"} 1',
    'churn_rule_violations_total{column="usage"} 1',
    'churn_rule_violations_total{column="age"} 2',
    'churn_mostly_empty_rows_total 1',
  ]);
});

it('metrics name columns only if the key is given, if there is one', async () => {
  const { post, metrics } = await service({ apiKey: 'key' });
  await post(NEW);
  expect(await metrics()).toEqual([]);
  expect(await metrics({ 'x-api-key': 'other' })).toEqual([]);
  expect(await metrics({ authorization: 'Bearer key' })).toContain(
    'churn_unseen_values_total{column="plan"} 1',
  );
});

it('if rules are enforced, rows that break them are rejected by row, column and rule', async () => {
  const { post, metrics } = await service({ rules: 'reject' });
  expect((await post([GOOD, NEW])).status).toBe(200);
  const wrong = [
    { column: 'usage', detail: 'expected 0 or more, got -0.5' },
    { column: 'age', detail: 'expected an integer, got 20.5' },
  ];
  for (const url of ['/v1/predict', '/v1/explain']) {
    expect(await post([GOOD, WRONG], url)).toMatchObject({
      status: 422,
      errors: wrong.map((each) => ({ row: 1, ...each })),
    });
    expect(await post(WRONG, url)).toMatchObject({
      status: 422,
      errors: wrong.map((each) => ({ row: 0, ...each })),
    });
  }
  expect(await metrics()).toContain('churn_rule_violations_total{column="usage"} 4');
});

it('the OpenAPI document describes warnings', async () => {
  const { get } = await service();
  const { components, paths } = await get('/openapi.json');
  expect(components.schemas.Warning.properties.kind.enum).toEqual(['unseen', 'far', 'rule', 'empty']);
  const { properties } = paths['/v1/predict'].post.responses['200'].content['application/json'].schema;
  expect(properties.warnings.items).toEqual({ $ref: '#/components/schemas/WarningTotal' });
});

it('values are read as from files', async () => {
  const { post } = await service();
  const { predictions } = await post(GOOD);
  for (const row of [
    { plan: ' A ', usage: '5', age: '30.0' },
    { plan: 'A', usage: '$5.00', age: 30 },
  ]) {
    expect((await post(row)).predictions).toEqual(predictions);
    expect((await post([row, row])).predictions).toEqual([...predictions, ...predictions]);
  }
  const textsOf = async (body: string) => {
    const answer = await post(body);
    return answer.predictions.map(({ warnings }: { warnings: { text: string }[] }) => warnings[0].text);
  };
  const row = (plan: string) => `{"usage":5, "plan" : ${plan} ,"age":30}`;
  for (const [written, read] of [
    ['1.10', '1.10'],
    ['1.0', '1'],
    ['true', 'true'],
    ['" True"', 'true'],
  ]) {
    const expected = `plan is "${read}", not seen in training`;
    expect(await textsOf(row(written))).toEqual([expected]);
    expect(await textsOf(` [ ${row(written)} ,${row('"B, {"')}, ${row(written)}]`)).toEqual([
      expected,
      'plan is "B, {", not seen in training',
      expected,
    ]);
  }
});
