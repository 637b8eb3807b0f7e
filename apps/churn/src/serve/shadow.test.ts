import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model';
import { createLogger } from '../terminal/logger';
import { loadServedClasses } from '../testing/served-classes';
import { saveSmallModel } from '../testing/small-model';
import type { Answered } from './answered';
import type { ServedClassModel, ServedRow } from './served-model';
import { createServer } from './server';
import { type Challenger, type Shadow, shadowOf } from './shadow';
import { compareAnswers, type SentAnswers } from './shadow-comparison';

const logger = createLogger();
const rows: ServedRow[] = Array.from({ length: 20 }, (_, i) => ({
  plan: 'ABC'[i % 3],
  usage: 5 * i,
  age: 20 + i,
}));

let folder: string;
let served: ServedClassModel;
let other: ScoringModel;

beforeAll(async () => {
  logger.silent = true;
  folder = mkdtempSync(join(tmpdir(), 'churn-shadow-'));
  await saveSmallModel(join(folder, 'a.json'), { threshold: 0.5 });
  await saveSmallModel(join(folder, 'b.json'), { threshold: 0.3 }, 0.01);
  served = await loadServedClasses(join(folder, 'a.json'));
  other = await loadScoringModel(join(folder, 'b.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A challenger of this thread. */
function challengerOf(
  model: ScoringModel,
  compare = (answers: SentAnswers) => compareAnswers(model, answers),
): Challenger {
  return { hash: model.hash, compare: async (answers) => compare(answers), close: async () => undefined };
}

const single = (row: ServedRow): Answered => ({
  id: 'a',
  served,
  rows: { single: row },
  predictions: served.score(served.tableOf([row])),
});
const many = (some: readonly ServedRow[]): Answered => {
  const table = served.tableOf(some);
  return { id: 'b', served, rows: { table }, predictions: served.score(table) };
};

async function settled(shadow: Shadow, rows: number): Promise<ReturnType<Shadow['summary']>> {
  for (let i = 0; i < 4000; i++) {
    const summary = shadow.summary();
    if (summary.rows + summary.failed >= rows) return summary;
    await setTimeout(10);
  }
  throw new Error(`expected ${rows} rows, got ${JSON.stringify(shadow.summary())}`);
}

const figures = async (shadow: Shadow) =>
  Object.fromEntries(
    [...(await shadow.registry.metrics()).matchAll(/^(\w+(?:\{.*\})?) (\S+)$/gm)].map(([, name, value]) => [
      name,
      Number(value),
    ]),
  );

describe('a challenger in shadow mode', () => {
  it('reports how it differs from the answers, one by one or in batches', async () => {
    const shadow = shadowOf(() => challengerOf(other), logger);
    for (const row of rows.slice(0, 12)) shadow.observe(single(row));
    shadow.observe(many(rows.slice(12)));
    const table = served.tableOf(rows);
    const [own, theirs] = [served.model.predictProba(table)[1], other.model.predictProba(table)[1]];
    const differences = [...own].map((p, i) => Math.abs(p - theirs[i]));
    const others = [...own].filter((p, i) => p >= 0.5 !== theirs[i] >= 0.3).length;
    expect(others).toBeGreaterThan(0);
    const summary = await settled(shadow, 20);
    const sum = differences.reduce((total, each) => total + each);
    expect(summary).toMatchObject({
      model: served.hash,
      challenger: other.hash,
      rows: 20,
      meanDifference: expect.closeTo(sum / 20, 12),
      otherDecisions: others / 20,
      failed: 0,
      failure: null,
      dropped: 0,
    });
    let before = -1;
    for (const { to, rows } of summary.histogram) {
      expect(rows).toBe(differences.filter((each) => each > before && each <= to).length);
      before = to;
    }
    expect(await figures(shadow)).toMatchObject({
      churn_shadow_difference_count: 20,
      churn_shadow_difference_sum: expect.closeTo(sum, 12),
      churn_shadow_other_decisions_total: others,
      churn_shadow_failed_rows_total: 0,
    });
    await shadow.close();
  });

  it('counts failed rows, and reports the reason once', async () => {
    const warned = jest.spyOn(logger, 'warn');
    const x = Table.fromColumns({ income: [1, 2, 3, 4] });
    const file = join(folder, 'other-columns.json');
    await saveModel(file, new Pipeline([], new LogisticRegression()).fit(x, ['no', 'yes', 'no', 'yes']), {});
    const foreign = await loadScoringModel(file);
    const shadow = shadowOf(() => challengerOf(foreign), logger);
    shadow.observe(many(rows));
    shadow.observe(single(rows[0]));
    expect(await settled(shadow, 21)).toMatchObject({
      rows: 0,
      meanDifference: null,
      otherDecisions: null,
      failed: 21,
      failure: expect.stringContaining('income'),
    });
    expect(warned).toHaveBeenCalledTimes(1);
    await shadow.close();
  });

  it('counts only failed rows, and survives the end of a thread', async () => {
    let fails = false;
    const breaking = challengerOf(other, (answers) => {
      if (fails) throw new Error('the worker is gone');
      return compareAnswers(other, answers);
    });
    const shadow = shadowOf(() => breaking, logger);
    const [first, ...predictions] = many(rows).predictions;
    // The product of its numbers overflows.
    const table = served.tableOf([{ plan: 'A', usage: 1e308, age: 1e308 }, ...rows.slice(1)]);
    shadow.observe({ ...many(rows), rows: { table }, predictions: [first, ...predictions] });
    expect(await settled(shadow, 20)).toMatchObject({ rows: 19, failed: 1 });
    fails = true;
    shadow.observe(many(rows));
    expect(await settled(shadow, 40)).toMatchObject({ rows: 19, failed: 21 });
    fails = false;
    shadow.observe(many(rows));
    expect(await settled(shadow, 60)).toMatchObject({ rows: 39, failed: 21 });
    await shadow.close();
  });

  it("rejects classes that differ from the served model's", () => {
    const answers = {
      columns: [],
      nRows: 3,
      task: 'classes' as const,
      names: ['no', 'maybe'],
      predictions: [],
      called: new Int32Array(3),
      unit: 1,
    };
    expect(compareAnswers(other, answers)).toMatchObject({
      failed: 3,
      failure: 'expected the classes "no", "maybe" of the served model, got "no", "yes"',
    });
  });

  it('drops rows that it has no time for, and restarts with another model', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let current = {
      ...challengerOf(other),
      compare: (answers: SentAnswers) => held.then(() => compareAnswers(other, answers)),
    };
    const shadow = shadowOf(() => current, logger);
    const request = many(Array.from({ length: 1000 }, (_, i) => rows[i % 20]));
    shadow.observe(request);
    await setTimeout(200);
    // The first is being compared, ten wait, and one is too many.
    for (let i = 0; i < 11; i++) shadow.observe(request);
    expect(shadow.summary().dropped).toBe(1000);
    release();
    expect((await settled(shadow, 11_000)).rows).toBe(11_000);
    expect((await figures(shadow)).churn_shadow_dropped_rows_total).toBe(1000);
    current = { ...challengerOf(served), compare: async (answers) => compareAnswers(served, answers) };
    shadow.observe(many(rows));
    await settled(shadow, 20);
    for (let i = 0; shadow.summary().challenger !== served.hash && i < 100; i++) await setTimeout(10);
    expect(shadow.summary()).toMatchObject({
      challenger: served.hash,
      rows: 20,
      meanDifference: 0,
      otherDecisions: 0,
      dropped: 0,
    });
    await shadow.close();
  });
});

describe('a service with a challenger', () => {
  it('reports it at /v1/shadow, in metrics and in OpenAPI, if the key is given', async () => {
    const shadow = shadowOf(() => challengerOf(other), logger);
    const options = { model: () => served, logger, apiKey: 'secret' };
    const app = createServer({ ...options, observers: [shadow.observe], shadow });
    const address = await app.listen();
    const headers = { 'x-api-key': 'secret', 'content-type': 'application/json' };
    const get = (url: string, options = {}) => fetch(address + url, options);
    const answer = await get('/v1/predict', { method: 'POST', headers, body: JSON.stringify(rows) });
    expect(answer.status).toBe(200);
    await settled(shadow, 20);
    expect(await (await get('/v1/shadow', { headers })).json()).toMatchObject({
      rows: 20,
      challenger: other.hash,
    });
    expect((await get('/v1/shadow')).status).toBe(401);
    expect(await (await get('/metrics', { headers })).text()).toContain('churn_shadow_difference_count 20');
    expect(await (await get('/metrics')).text()).not.toContain('churn_shadow');
    const { paths } = (await (await get('/openapi.json', { headers })).json()) as {
      paths: Record<string, unknown>;
    };
    expect(paths['/v1/shadow']).toMatchObject({ get: { security: [{ key: [] }] } });
    await app.close();
    await shadow.close();
  });

  it('has no such route without one', async () => {
    const without = createServer({ model: () => served, logger });
    const address = await without.listen();
    expect((await fetch(`${address}/v1/shadow`)).status).toBe(404);
    expect(await (await fetch(`${address}/openapi.json`)).text()).not.toContain('/v1/shadow');
    await without.close();
  });
});
