import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../terminal/logger.js';
import { saveSmallModel } from '../testing/small-model.js';
import { saveSurvivalModel } from '../testing/survival-model.js';
import { saveValueModel } from '../testing/value-model.js';
import { servedCounterfactuals } from './counterfactuals.js';
import { loadServedModel } from './served-model.js';
import { createServer } from './server.js';

const ROWS = Array.from({ length: 200 }, (_, i) => `${'ABC'[i % 3]},${(i * 37) % 100},${20 + (i % 50)}`);
const ROW = { plan: 'A', usage: 20, age: 40 };
const SETTINGS = { fixed: ['age'], monotone: { usage: 'up' } } as const;

let folder: string;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-counterfactuals-'));
  data = join(folder, 'seen.csv');
  writeFileSync(data, `plan,usage,age\n${ROWS.join('\n')}\n`);
  await saveSmallModel(join(folder, 'two.json'));
  await saveSurvivalModel(join(folder, 'times.json'));
  await saveValueModel(join(folder, 'value.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function service(name: string, settings: object = { ...SETTINGS, fixed: [...SETTINGS.fixed] }) {
  const served = await loadServedModel(join(folder, name));
  const counterfactuals = await servedCounterfactuals({ data, fixed: [], monotone: {}, ...settings }, served);
  const logger = createLogger();
  logger.silent = true;
  const app = createServer({ model: () => served, logger, counterfactuals });
  const address = await app.listen();
  return {
    close: () => app.close(),
    get: async (url: string) => JSON.parse(await (await fetch(address + url)).text()),
    async post(url: string, body: object) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address + url, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: JSON.parse(await answer.text()) };
    },
  };
}

it('each changes the decision, within the mutable columns', async () => {
  const { post, get, close } = await service('two.json');
  try {
    const { body: before } = await post('/v1/predict', [ROW, ROW]);
    const { status, body } = await post('/v1/counterfactuals', [ROW, ROW]);
    expect(status).toBe(200);
    const [found, again] = body.counterfactuals;
    expect(again).toEqual(found);
    expect(found.length).toBeGreaterThan(0);
    for (const { changes, label, prediction, text } of found) {
      const row: Record<string, unknown> = { ...ROW };
      for (const { column, from, to } of changes) {
        expect(row[column]).toBe(from);
        row[column] = to;
      }
      expect([row.age, Number(row.usage) >= ROW.usage]).toEqual([ROW.age, true]);
      const { body: after } = await post('/v1/predict', row);
      expect(after.predictions[0]).toMatchObject({ prediction: label, probability: prediction });
      expect(label).not.toBe(before.predictions[0].prediction);
      expect(text).toMatch(/^would be "yes" if /);
    }
    expect(await get('/v1/model')).toMatchObject({ counterfactuals: true });
    expect((await get('/openapi.json')).paths).toHaveProperty(['/v1/counterfactuals']);
    expect((await post('/v1/counterfactuals?target=3', ROW)).status).toBe(422);
    const wrong = await post('/v1/counterfactuals', { ...ROW, usage: 'x' });
    expect([wrong.status, wrong.body.errors]).toEqual([422, [expect.objectContaining({ column: 'usage' })]]);
  } finally {
    await close();
  }
});

it('of regressions reach the requested value', async () => {
  const { post, close } = await service('value.json', {});
  try {
    const row = { plan: 'A', usage: 20 };
    const { body: before } = await post('/v1/predict', row);
    const value = before.predictions[0].prediction;
    for (const target of [value + 50, value + 90]) {
      const { body } = await post(`/v1/counterfactuals?target=${target}`, row);
      const [found] = body.counterfactuals;
      expect(found.length).toBeGreaterThan(0);
      for (const { prediction } of found) expect(prediction).toBeGreaterThanOrEqual(target);
    }
    for (const query of ['', '?target=', '?target=much']) {
      const { status, body } = await post(`/v1/counterfactuals${query}`, row);
      expect([status, body.detail]).toEqual([
        400,
        expect.stringContaining('target: expected the value to reach, a number, got '),
      ]);
    }
  } finally {
    await close();
  }
});

it('an unknown column, a missing file and a survival model are rejected at the start', async () => {
  await expect(service('times.json')).rejects.toThrow(
    '--counterfactuals supports classification and regression models',
  );
  await expect(service('two.json', { fixed: ['plna'] })).rejects.toThrow('plna');
  await expect(service('two.json', { data: join(folder, 'none.csv') })).rejects.toThrow('none.csv');
});

it('the route exists only if they are configured', async () => {
  const served = await loadServedModel(join(folder, 'two.json'));
  const logger = createLogger();
  logger.silent = true;
  const app = createServer({ model: () => served, logger });
  const answer = await fetch(`${await app.listen()}/v1/counterfactuals`, { method: 'POST', body: '{}' });
  await app.close();
  expect(answer.status).toBe(404);
});
