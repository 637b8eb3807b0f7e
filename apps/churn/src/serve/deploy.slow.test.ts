import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type JsonObject, Labels, Table } from '@churn/core';
import { referenceProfile, scoreReference } from '@churn/monitor';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkedConfig } from '../config/config';
import { createLogger } from '../terminal/logger';
import { loadServedClasses } from '../testing/served-classes';
import { saveSmallModel } from '../testing/small-model';
import { type Monitoring, openMonitoring } from './monitoring';
import { createServer, type ScoringServer } from './server';

const root = join(__dirname, '../../../..');
const deploy = join(root, 'deploy');
const hasPrometheus = spawnSync('promtool', ['--version']).status === 0;
const mustRun = hasPrometheus || process.env.CI_REQUIRE_PROMETHEUS === '1';
const withPrometheus = mustRun ? describe : describe.skip;
const why = mustRun ? '' : ' (skipped: there is no Prometheus here)';

let folder: string;
let app: ScoringServer;
let monitoring: Monitoring;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-deploy-'));
  const logger = createLogger();
  logger.silent = true;
  const rows = Array.from({ length: 300 }, (_, i) => ({
    plan: 'ABC'[i % 3],
    usage: (i * 37) % 100,
    age: 20 + (i % 50),
  }));
  const table = Table.fromRows(rows);
  await saveSmallModel(join(folder, 'm.json'));
  const { model } = await loadServedClasses(join(folder, 'm.json'));
  const probabilities = model.predictProba(table);
  const labels = Labels.from(
    Array.from(probabilities[1], (p, i) => (p > ((i * 29) % 100) / 100 ? 'yes' : 'no')),
  );
  const score = scoreReference(probabilities, labels, ['no', 'yes']);
  const reference = { ...referenceProfile(table), score } as unknown as JsonObject;
  await saveSmallModel(join(folder, 'm.json'), { reference });
  const served = await loadServedClasses(join(folder, 'm.json'));
  const config = checkedConfig(
    { data: { file: 'x.csv', target: 'y' }, monitoring: { log: { folder: join(folder, 'log') } } },
    'churn.yaml',
  );
  monitoring = await openMonitoring(config.monitoring, () => served, logger);
  app = createServer({ model: () => served, logger, ...monitoring });
  address = await app.listen();
  const shifted = rows.map((row) => ({ ...row, usage: row.usage + 50, plan: row.usage > 50 ? null : 'new' }));
  const answer = await fetch(`${address}/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(shifted),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  await setTimeout(50);
});

afterAll(async () => {
  await app.close();
  await monitoring.close();
  rmSync(folder, { recursive: true });
});

/** The names of all series that the service has. */
async function series(): Promise<Set<string>> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return new Set(Array.from(text.matchAll(/^(\w+)[ {]/gm), ([, name]) => name));
}

/** The names of the service's series in an expression. */
function namesIn(expression: string): string[] {
  return expression.match(/\b(?:churn|process)_\w+/g) ?? [];
}

const reduce = z.strictObject({ calcs: z.array(z.string()), fields: z.string(), values: z.boolean() });
const datasource = z.strictObject({ type: z.literal('prometheus'), uid: z.literal('$datasource') });
const gridPos = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().min(1),
  h: z.int().min(1),
});
const panel = z.discriminatedUnion('type', [
  z.strictObject({
    id: z.int(),
    type: z.literal('row'),
    title: z.string(),
    collapsed: z.literal(false),
    gridPos,
    panels: z.array(z.never()),
  }),
  z.strictObject({
    id: z.int(),
    type: z.enum(['stat', 'timeseries', 'bargauge', 'state-timeline', 'table']),
    title: z.string(),
    description: z.string().optional(),
    datasource,
    gridPos,
    targets: z
      .array(
        z.strictObject({
          refId: z.string().regex(/^[A-Z]$/),
          datasource,
          expr: z.string(),
          legendFormat: z.string(),
          instant: z.boolean().optional(),
          range: z.boolean().optional(),
        }),
      )
      .min(1),
    fieldConfig: z.strictObject({
      defaults: z.looseObject({ unit: z.enum(['short', 'percentunit', 'reqps', 's', 'bytes']) }),
      overrides: z.array(z.never()),
    }),
    options: z.looseObject({ reduceOptions: reduce.optional() }),
  }),
]);
/** The part of Grafana's model of a dashboard, version 39 of its schema, that ours uses. */
const dashboard = z.looseObject({
  uid: z.string().max(40),
  title: z.string(),
  schemaVersion: z.literal(39),
  templating: z.strictObject({
    list: z.array(z.looseObject({ name: z.string(), type: z.enum(['datasource', 'query']) })),
  }),
  panels: z.array(panel),
});

describe('the Grafana dashboard', () => {
  const given = dashboard.parse(
    JSON.parse(readFileSync(join(deploy, 'grafana/dashboards/churn.json'), 'utf8')),
  );
  const targets = given.panels.flatMap((each) => (each.type === 'row' ? [] : each.targets));

  it('has panels that do not overlap, with unique ids', () => {
    expect(new Set(given.panels.map(({ id }) => id)).size).toBe(given.panels.length);
    const taken = new Set<string>();
    for (const { gridPos: at } of given.panels) {
      expect(at.x + at.w).toBeLessThanOrEqual(24);
      for (let x = at.x; x < at.x + at.w; x++) {
        for (let y = at.y; y < at.y + at.h; y++) {
          expect(taken).not.toContain(`${x},${y}`);
          taken.add(`${x},${y}`);
        }
      }
    }
  });

  it('queries metrics that the service exports', async () => {
    const told = await series();
    const asked = new Set(targets.flatMap(({ expr }) => namesIn(expr)));
    expect(asked.size).toBeGreaterThan(15);
    expect([...asked].filter((name) => !told.has(name))).toEqual([]);
  });

  it('shows all drift metrics of the service', async () => {
    const asked = new Set(targets.flatMap(({ expr }) => namesIn(expr)));
    const told = [...(await series())].filter((name) =>
      /^churn_(drift|score|estimated|reference|missing|unseen_share|outside|window|model|log)/.test(name),
    );
    expect(told.filter((name) => !asked.has(name))).toEqual([]);
  });

  withPrometheus(`as Prometheus reads it${why}`, () => {
    it('queries valid expressions', () => {
      const rules = targets.map(({ expr }, i) => ({
        record: `r${i}`,
        expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
      }));
      writeFileSync(join(folder, 'exprs.yml'), JSON.stringify({ groups: [{ name: 'g', rules }] }));
      expect(promtool('check', 'rules', join(folder, 'exprs.yml'))).toMatch(
        new RegExp(`${rules.length} rules found`),
      );
    });
  });
});

it('alerts use metrics of the service, and compose.yaml mounts existing files and pins its images', async () => {
  const { groups } = parse(readFileSync(join(deploy, 'prometheus/churn.rules.yml'), 'utf8'));
  const told = await series();
  const asked = groups.flatMap(({ rules }: { rules: { expr: string }[] }) =>
    rules.flatMap(({ expr }) => namesIn(expr)),
  );
  expect(asked.filter((name: string) => !told.has(name))).toEqual([]);
  const { services, volumes } = parse(readFileSync(join(root, 'compose.yaml'), 'utf8'));
  for (const name of ['prometheus', 'grafana']) {
    const { image, profiles, volumes: mounted } = services[name];
    expect(image).toMatch(/:v?\d+\.\d+\.\d+@sha256:[\da-f]{64}$/);
    expect(profiles).toEqual(['monitoring']);
    for (const each of mounted as string[]) {
      const [source] = each.split(':');
      if (source.startsWith('.')) expect(readdirSync(join(root, source)).length).toBeGreaterThan(0);
      else expect(Object.keys(volumes)).toContain(source);
    }
  }
});

function promtool(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout + stderr;
}

withPrometheus(`Prometheus${why}`, () => {
  let prometheus: ChildProcess | undefined;
  afterEach(() => prometheus?.kill('SIGKILL'));

  it('accepts the configuration and the alerts, which fire when they should', () => {
    const at = join(deploy, 'prometheus');
    promtool('check', 'config', join(at, 'prometheus.yml'));
    promtool('test', 'rules', join(at, 'churn.rules.test.yml'));
  });

  it('scrapes the service, and its drift', async () => {
    const { host } = new URL(address);
    const text = readFileSync(join(deploy, 'prometheus/prometheus.yml'), 'utf8');
    const config = text.replace('serve:3000', host.replace('[::1]', '127.0.0.1')).replaceAll('15s', '1s');
    expect(config).toContain(host);
    writeFileSync(join(folder, 'prometheus.yml'), config);
    copyFileSync(join(deploy, 'prometheus/churn.rules.yml'), join(folder, 'churn.rules.yml'));
    const port = await freePort();
    prometheus = spawn('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
    const query = async (expression: string): Promise<[Record<string, string>, string][]> => {
      try {
        const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
        const { data } = (await (await fetch(url)).json()) as {
          data: { result: { metric: Record<string, string>; value: [number, string] }[] };
        };
        return data.result.map(({ metric, value }) => [metric, value[1]]);
      } catch {
        return [];
      }
    };
    let alerts: Awaited<ReturnType<typeof query>> = [];
    for (let i = 0; i < 300 && alerts.length === 0; i++) {
      await setTimeout(100);
      alerts = await query('churn_drift_alert == 1');
    }
    expect(alerts.map(([{ column, job }]) => [column, job]).sort()).toEqual([
      ['plan', 'churn'],
      ['usage', 'churn'],
    ]);
    const one = async (expression: string) => Number((await query(expression))[0][1]);
    expect(await one('churn_window_rows')).toBe(300);
    expect(await one('up{job="churn"}')).toBe(1);
    expect(await one('churn_drift_psi{column="usage"}')).toBeGreaterThan(0.2);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
