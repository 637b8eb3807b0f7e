import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BIN } from './testing/bin';
import type { TrainingReport } from './training/training-report.js';

/** Another business case, of three classes, with dates and gaps: a configuration, and no code. */
const ROOT = join(__dirname, '../../..');
const CONFIG = 'examples/tariffs/tariffs.yaml';
const LABELS = ['night', 'solar', 'standard'];

let folder: string;
let report: TrainingReport;
let model: string;
const file = (name: string) => join(folder, name);
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: ROOT, encoding: 'utf8' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-tariffs-'));
  const { status, stderr } = churn('train', '--config', CONFIG, '--out', folder, '--quick');
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  report = JSON.parse(readFileSync(file('latest/models/training_report.json'), 'utf8'));
  model = file(`latest/models/${report.best}.model.json`);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('is trained, with metrics of each class', () => {
  expect(report.data.classes.map(({ label }) => label)).toEqual(LABELS);
  for (const { test, cv, threshold, classes } of Object.values(report.models)) {
    // The rules of the data are noisy: the best that can be known of it is about 0.83.
    expect(test.rocAuc).toBeGreaterThan(0.75);
    expect(test.rocAucInterval[0]).toBeLessThan(test.rocAuc);
    expect(Object.keys(cv)).toEqual(['rocAuc', 'f1Macro', 'logLoss']);
    expect(threshold).toBeNull();
    expect(classes.classes.map(({ label }) => String(label))).toEqual(LABELS);
  }
  const page = readFileSync(file('latest/report.html'), 'utf8');
  expect(/ to predict [^,<]+, and tested on /.test(page)).toBe(true);
  expect(page.includes('“undefined”')).toBe(false);
  for (const figure of ['eda/signed_year_dist', 'results/roc_plots', 'results/confusion_matrices']) {
    expect(existsSync(file(`latest/images/${figure}.svg`))).toBe(true);
  }
  expect(readFileSync(file('latest/images/results/roc_plots.svg'), 'utf8')).toMatch(/night: AUC 0\.\d+/);
});

it('is predicted: the likeliest class, the probability of each, and reasons', () => {
  const { status } = churn(
    ...['predict', '--config', CONFIG, '--model', model, '--explain'],
    ...['--input', file('latest/tariffs_sample.csv'), '--output', file('scored.csv')],
  );
  expect(status).toBe(0);
  const [header, ...rows] = readFileSync(file('scored.csv'), 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  expect(names.slice(9)).toEqual([
    'tariff_prediction',
    ...LABELS.map((label) => `tariff_probability_${label}`),
    ...[1, 2, 3].map((i) => `tariff_reason_${i}`),
    'tariff_warnings',
  ]);
  expect(rows).toHaveLength(60);
  let right = 0;
  for (const row of rows) {
    const cells = row.split(',');
    const probabilities = cells.slice(10, 13).map(Number);
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    expect(cells[9]).toBe(LABELS[probabilities.indexOf(Math.max(...probabilities))]);
    if (cells[9] === cells[8]) right++;
  }
  expect(right).toBeGreaterThan(30);
});

it('rejects rows with invalid dates, and reports features that are dates', () => {
  const csv = readFileSync(file('latest/tariffs_sample.csv'), 'utf8').split('\n');
  csv[2] = csv[2].replace(/\d{4}-\d\d-\d\d/, 'soon');
  writeFileSync(file('dates.csv'), csv.join('\n'));
  const scored = churn(
    ...['predict', '--model', model, '--input', file('dates.csv'), '--output', file('dated.csv')],
  );
  expect(scored.status).toBe(0);
  expect(readFileSync(file('dated.csv.rejected.csv'), 'utf8')).toContain(
    '3,"column ""signed"": expected a date such as 2024-02-29, got ""soon"""',
  );
  const validated = churn('validate', '--config', CONFIG, '--data', file('dates.csv'));
  expect(validated.status).toBe(0);
  expect(validated.stdout).toMatch(/warning: "signed": .* read as missing: "soon" \(line 3\)\n/);
});

it('is explained by its raw columns', () => {
  const { stdout, status } = churn(
    ...['explain', '--model', model, '--input', file('latest/tariffs_sample.csv'), '--row', '1'],
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/row 1 \(line 2\): probability 0\.\d{4} of "(night|solar|standard)"/);
  expect(stdout).toMatch(/signed is \d{4}-\d\d-\d\d|heating is|electric car is/);
});

describe('served', () => {
  let server: ChildProcess;
  let address = '';
  const post = (route: string, row: object) =>
    fetch(`${address}/v1/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(row),
    });
  const household = {
    signed: '2020-02-29',
    dwelling: 'flat',
    residents: 2,
    floor_area_m2: null,
    heating: 'heat pump',
    electric_car: 'yes',
    usage_kwh: 6000,
  };

  beforeAll(async () => {
    server = spawn(process.execPath, [BIN, 'serve', '--model', model, '--port', '0']);
    server.stderr?.on('data', (data) => {
      address ||= /at (http:\S+)/.exec(String(data))?.[1] ?? '';
    });
    for (let i = 0; i < 400 && !address; i++) await setTimeout(25);
  });

  afterAll(() => {
    server.kill();
  });

  it('returns the probability of each class', async () => {
    const { predictions } = (await (await post('predict', household)).json()) as { predictions: object[] };
    expect(predictions).toEqual([
      {
        prediction: 'night',
        probability: expect.any(Number),
        probabilities: {
          night: expect.any(Number),
          solar: expect.any(Number),
          standard: expect.any(Number),
        },
      },
    ]);
    const { explanations } = (await (await post('explain', household)).json()) as { explanations: object[] };
    expect(explanations).toMatchObject([{ label: 'night', prediction: 'night', reasons: expect.anything() }]);
    expect(await (await fetch(`${address}/v1/model`)).json()).toMatchObject({ predicts: 'tariff' });
  });

  it('rejects invalid dates', async () => {
    const response = await post('predict', { ...household, signed: 'yesterday' });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('column \\"signed\\": expected a date such as 2024-02-29');
  });
});
