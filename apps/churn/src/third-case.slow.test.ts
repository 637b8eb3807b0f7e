import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SurvivalReport } from './training/training-report.js';

/** The example of subscriptions, whose target is a time: its data follows from its rules, and its commands run. */
const ROOT = join(__dirname, '../../..');
const EXAMPLE = join(ROOT, 'examples/subscriptions');
const CONFIG = 'examples/subscriptions/subscriptions.yaml';

let folder: string;
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'apps/churn/bin/churn.js'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-subscriptions-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('its data is reproducible', () => {
  cpSync(join(EXAMPLE, 'make-data.mjs'), join(folder, 'make-data.mjs'));
  symlinkSync(join(EXAMPLE, 'node_modules'), join(folder, 'node_modules'));
  const { status } = spawnSync(process.execPath, [join(folder, 'make-data.mjs')]);
  expect(status).toBe(0);
  const [made, given] = [folder, EXAMPLE].map((at) => readFileSync(join(at, 'subscriptions.csv'), 'utf8'));
  expect(made === given).toBe(true);
});

it('is trained and predicted', () => {
  const trained = churn('train', '--config', CONFIG, '--out', folder, '--quick');
  expect([trained.status, trained.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  const report: SurvivalReport = JSON.parse(
    readFileSync(join(folder, 'latest/models/training_report.json'), 'utf8'),
  );
  expect(report.data.features).toEqual([
    ...['plan', 'billing', 'seats', 'channel', 'trial', 'discount', 'country'],
  ]);
  for (const { test } of Object.values(report.models)) expect(test.concordance).toBeGreaterThan(0.65);
  const model = join(folder, `latest/models/${report.best}.model.json`);
  const scored = join(folder, 'scored.csv');
  const { status } = churn(
    ...['predict', '--config', CONFIG, '--model', model],
    ...['--input', join(folder, 'latest/subscriptions_sample.csv'), '--output', scored],
  );
  expect(status).toBe(0);
  const [header, ...rows] = readFileSync(scored, 'utf8').trimEnd().split('\n');
  const added = [
    'end_within_30',
    'end_within_90',
    'end_within_365',
    'end_expected_time',
    'end_median_time',
    'end_warnings',
  ];
  expect(header.split(',').slice(-added.length)).toEqual(added);
  expect(rows).toHaveLength(60);
});
