import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type JsonObject, Labels, Table } from '@churn/core';
import { referenceProfile, scoreReference } from '@churn/monitor';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../../terminal/logger';
import { loadServedClasses } from '../../testing/served-classes';
import { saveSmallModel } from '../../testing/small-model';
import type { ServedClassModel } from '../served-model';
import { createServer } from '../server';
import { type DriftFigures, driftFigures } from './drift-figures';

const logger = createLogger();
logger.silent = true;
const n = 400;
const rows = Array.from({ length: n }, (_, i) => ({
  plan: 'ABC'[i % 3],
  usage: (i * 37) % 100,
  age: 20 + ((i * 7) % 50),
}));
const table = Table.fromRows(rows);

let folder: string;
let model: ServedClassModel;
let figures: DriftFigures;
let app: FastifyInstance;
let address: string;
let clock: number;
let sent = 0;
let seen = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-live-'));
  await saveSmallModel(join(folder, 'former.json'));
  const former = await loadServedClasses(join(folder, 'former.json'));
  const probabilities = former.model.predictProba(table);
  const labels = Labels.from(
    Array.from(probabilities[1], (p, i) => (p > ((i * 29) % 100) / 100 ? 'yes' : 'no')),
  );
  const score = scoreReference(probabilities, labels, ['no', 'yes']);
  const reference = { ...referenceProfile(table), score } as unknown as JsonObject;
  await saveSmallModel(join(folder, 'm.json'), { reference, importances: [0, 1, 0.5] });
  model = await loadServedClasses(join(folder, 'm.json'));
  clock = performance.now();
  jest.spyOn(performance, 'now').mockImplementation(() => clock);
  figures = driftFigures({ model: () => model, window: { rows: 1000 } });
  app = createServer({
    model: () => model,
    logger,
    apiKey: 'secret',
    observers: [figures.observe, () => seen++],
    figures: figures.registry,
  });
  address = await app.listen();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
  rmSync(folder, { recursive: true });
});

async function predict(body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-api-key': 'secret' };
  const answer = await fetch(`${address}/v1/predict`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  sent++;
  while (seen < sent) await setTimeout(1);
}

/** The gauges that the service tells, by name and label. */
async function gauges(key = 'secret'): Promise<Map<string, number>> {
  const text = await (await fetch(`${address}/metrics`, { headers: { 'x-api-key': key } })).text();
  const lines = text.matchAll(/^(churn_[^ ]+) (\S+)$/gm);
  return new Map(Array.from(lines, ([, name, value]) => [name, Number(value)]));
}

describe('drift metrics', () => {
  it('stay low for rows like those of training', async () => {
    await predict(rows);
    const told = await gauges();
    expect(told.get('churn_window_rows')).toBe(n);
    expect(told.get(`churn_model_info{model="${model.hash}",predicts="churn"}`)).toBe(1);
    for (const column of ['plan', 'usage', 'age']) {
      expect(told.get(`churn_drift_psi{column="${column}"}`)).toBeCloseTo(0, 12);
      expect(told.get(`churn_drift_alert{column="${column}"}`)).toBe(0);
      expect(told.get(`churn_missing_share{column="${column}"}`)).toBe(0);
    }
    expect(told.get('churn_score_psi{class="yes"}')).toBeCloseTo(0, 12);
    expect(told.get('churn_score_mean{class="yes"}')).toBeCloseTo(
      told.get('churn_reference_score_mean{class="yes"}') as number,
      12,
    );
    const auc = told.get('churn_estimated_roc_auc') as number;
    expect(auc).toBeGreaterThan(0.7);
    expect(told.get('churn_estimated_roc_auc_lower')).toBeLessThan(auc);
    expect(told.get('churn_estimated_roc_auc_upper')).toBeGreaterThan(auc);
    expect(Math.abs(auc - (told.get('churn_reference_roc_auc') as number))).toBeLessThan(0.05);
    expect(told.get('churn_estimated_log_loss')).toBeGreaterThan(0);
  });

  it('report drifted, missing and unseen values by column, from single rows', async () => {
    for (const row of rows.slice(0, 150)) {
      await predict({
        ...row,
        usage: row.usage + 60,
        plan: row.usage < 20 ? 'new' : 'A',
        age: row.age > 40 ? null : row.age,
      });
    }
    const told = await gauges();
    expect(told.get('churn_window_rows')).toBe(150);
    const share = (holds: (row: (typeof rows)[number]) => boolean) =>
      rows.slice(0, 150).filter(holds).length / 150;
    expect(told.get('churn_drift_psi{column="usage"}')).toBeGreaterThan(0.2);
    expect(told.get('churn_outside_share{column="usage"}')).toBeCloseTo(
      share(({ usage }) => usage + 60 > 99),
      12,
    );
    expect(told.get('churn_missing_share{column="age"}')).toBeCloseTo(
      share(({ age }) => age > 40),
      12,
    );
    expect(told.get('churn_unseen_share{column="plan"}')).toBeCloseTo(
      share(({ usage }) => usage < 20),
      12,
    );
    expect(
      ['usage', 'age', 'plan'].map((column) => told.get(`churn_drift_alert{column="${column}"}`)),
    ).toEqual([1, 1, 1]);
    expect(told.get('churn_score_alert{class="yes"}')).toBe(1);
  });

  it('require the key if there is one', async () => {
    await predict(rows[0]);
    const names = async (key?: string) => [...(await gauges(key)).keys()].join('\n');
    expect(await names()).toMatch(/churn_drift_psi.*\n/);
    expect(await names('other')).not.toMatch(/column|drift|model|score|estimated/);
  });

  it('are recomputed at most every few seconds, and at once for another model, which starts without rows', async () => {
    await predict(rows[0]);
    expect((await gauges()).get('churn_window_rows')).toBe(1);
    await predict(rows[1]);
    expect((await gauges()).get('churn_window_rows')).toBe(1);
    clock += 5001;
    expect((await gauges()).get('churn_window_rows')).toBe(2);
    model = await loadServedClasses(join(folder, 'm.json'));
    const told = await gauges();
    expect(told.get('churn_window_rows')).toBe(0);
    expect([...told.keys()].join()).not.toMatch(/drift_psi|estimated/);
  });

  it('do not exist for a model without a reference', async () => {
    model = await loadServedClasses(join(folder, 'former.json'));
    await predict(rows);
    const told = [...(await gauges()).keys()].join('\n');
    expect(told).toMatch(/churn_model_info/);
    expect(told).not.toMatch(/drift|score|estimated|reference/);
  });
});
