import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, log, Random, Table, TargetValues } from '@churn/core';
import { predictionReference, referenceProfile } from '@churn/monitor';
import { monitorSettings } from '../config/monitor-settings.js';
import { monitoringFigures } from '../figures/monitoring-figures.js';
import { loadAnyModel } from '../scoring/scoring-model.js';
import { monitoringTable, performanceTable } from '../terminal/monitoring-table.js';
import { saveSurvivalModel } from '../testing/survival-model.js';
import { saveValueModel } from '../testing/value-model.js';
import { type MonitorOptions, monitorInput } from './monitor-input.js';
import { namedPredictions, VALUE } from './monitored-predictions.js';
import { knownFigures } from './outcome/known-figures.js';
import { valueMetrics } from './outcome/value-outcome.js';
import type { KnownFigures } from './performance-falls.js';

const random = new Random(11);
const ROWS = 300;
const PLANS = Array.from({ length: ROWS }, (_, i) => 'ABC'[i % 3]);
const USAGE = Array.from({ length: ROWS }, (_, i) => (i * 37) % 100);
const X = Table.fromColumns({ plan: PLANS, usage: USAGE });
const SPEND = USAGE.map((value, i) => 13 + value * 2 + (i % 3) * 15 + 3 * random.normal());

let folder: string;
const path = (name: string) => join(folder, name);
const csv = (name: string, columns: Record<string, readonly (string | number)[]>) => {
  const names = Object.keys(columns);
  const rows = Array.from(columns[names[0]], (_, row) => names.map((each) => columns[each][row]).join(','));
  writeFileSync(path(name), [names.join(','), ...rows].join('\n'));
};

async function reportOf(
  model: string,
  input: string,
  options: Partial<MonitorOptions> & { id?: string[] } = {},
) {
  const { id, ...given } = options;
  const settings = await monitorSettings(path('none.yaml'), {
    isNamed: false,
    ...(id && { id }),
    hasLabels: given.labels !== undefined,
  });
  const file = path(model);
  return monitorInput({ ...given, model: { name: file, file }, input: path(input) }, settings);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-monitor-numbers-'));
  const training = { predicts: 'spend', target: { column: 'spend' } };
  const plain = referenceProfile(X) as unknown as JsonObject;
  await saveValueModel(path('plain.json'), { ...training, reference: plain });
  const predicted = (await loadAnyModel(path('plain.json'))).predict(X);
  const figures = knownFigures(valueMetrics, TargetValues.from(SPEND), predicted);
  const reference = {
    ...referenceProfile(X),
    predicted: predictionReference(namedPredictions([VALUE], predicted), figures),
  } as unknown as JsonObject;
  await saveValueModel(path('value.json'), { ...training, reference });
  csv('new.csv', { id: USAGE.map((_, i) => i), plan: PLANS, usage: USAGE });
});
afterAll(() => rmSync(folder, { recursive: true }));

it('finds neither drift nor a larger error in similar rows', async () => {
  csv('spend.csv', { id: SPEND.map((_, i) => i), spend: SPEND });
  const { report } = await reportOf('value.json', 'new.csv', { labels: path('spend.csv'), id: ['id'] });
  const { realised, drift, model, classes, estimated, input } = report;
  expect(report.isAlert).toBe(false);
  expect([model.task, classes, estimated, input.labelled]).toEqual(['value', [], null, ROWS]);
  expect(drift.scores).toMatchObject([{ name: 'prediction', psi: 0 }]);
  const { rootMeanSquaredError, r2 } = realised?.figures ?? {};
  const { value, lower, upper } = rootMeanSquaredError;
  expect([lower, upper].map((end) => Math.sign((end ?? 0) - (value ?? 0)))).toEqual([-1, 1]);
  expect(r2.value).toBeGreaterThan(0.98);
  expect(report.verdict).toMatch(
    /^None of 2 columns drifted, and the realised RMSE is \d\.\d{3} \(\d\.\d{3} before; 300 labelled rows\)\.$/,
  );
});

it('reports drifted values and a larger error, and shows both', async () => {
  csv('higher.csv', {
    plan: PLANS,
    usage: USAGE.map((value) => 50 + value / 2),
    spend: SPEND.map((value, i) => value + 30 * (i % 2)),
  });
  const { report, observed } = await reportOf('value.json', 'higher.csv');
  expect(report.drift.scores).toMatchObject([{ name: 'prediction', isAlert: true }]);
  expect(report.falls.map(({ figure }) => figure)).toEqual(['rootMeanSquaredError']);
  expect(report.verdict).toMatch(
    /^1 of 2 columns and the prediction drifted, and the realised RMSE rose from \d\.\d{3} to \d\d\.\d\d \(300 labelled rows\): look at usage first\.$/,
  );
  expect(monitoringTable(report)).toMatch(/│ prediction │ values │/);
  expect(monitoringTable(report)).not.toContain('importance: ');
  const { drift } = report;
  const columns = drift.columns.map((column) => ({ ...column, importance: 12 }));
  expect(monitoringTable({ ...report, drift: { ...drift, columns } })).toMatch(
    /\nimportance: the increase of the mean squared error on test rows, in the squared unit of the target, when/,
  );
  expect(monitoringFigures(report, observed).scores.map(({ id }) => id)).toEqual(['prediction']);
  expect(performanceTable(report)).toMatch(/│ +RMSE +│ +worse │/);
});

it('compares with the rows of a file, and accepts given predictions', async () => {
  csv('before.csv', { plan: PLANS, usage: USAGE, spend: SPEND });
  csv('scored.csv', { plan: PLANS, usage: USAGE, spend_prediction: SPEND.map((value) => value + 60) });
  const { report } = await reportOf('plain.json', 'scored.csv', {
    reference: path('before.csv'),
    scored: true,
  });
  expect(report.drift.alerts).toEqual([]);
  const [{ mean, isAlert }] = report.drift.scores;
  expect([isAlert, Math.round((mean?.current ?? 0) - (mean?.reference ?? 0))]).toEqual([true, 60]);
  expect(report.reference.figures?.rootMeanSquaredError).toBeLessThan(5);
  const { report: without } = await reportOf('plain.json', 'new.csv');
  expect(without.drift.scores).toEqual([]);
  expect(without.notes[0]).toBe(
    'the reference has no predictions: their drift cannot be computed; pass rows to compare with by --reference FILE',
  );
});

it('leaves out rows with an invalid target value, and reports them', async () => {
  csv('wrong.csv', { plan: ['A', 'B'], usage: [1, 2], spend: [1, 'much'] });
  const { report } = await reportOf('value.json', 'wrong.csv');
  expect([report.input.rows, report.input.unread]).toEqual([1, 1]);
  expect(report.notes[0]).toContain('line 3: column "spend": expected a number, got "much"');
});

describe('of survival', () => {
  const TENURE = USAGE.map((_, i) => 5 + (i % 40));

  beforeAll(async () => {
    await saveSurvivalModel(path('times.json'));
    csv('active.csv', { id: TENURE.map((_, i) => i), plan: PLANS, usage: USAGE, tenure: TENURE });
  });

  it('compares the probabilities within each horizon with the later events', async () => {
    const { predict } = await loadAnyModel(path('times.json'));
    const [within10] = predict(X.with([['tenure', { kind: 'numeric', values: Float64Array.from(TENURE) }]]));
    // Times of which the model is right: exponential ones, up to 40 more days.
    const after = Array.from(within10, (p) => (-log(1 - random.uniform()) * 10) / -log(1 - p));
    csv('outcomes.csv', {
      id: after.map((_, i) => i),
      tenure: after.map((time, i) => TENURE[i] + Math.min(time, 40)),
      left: after.map((time) => (time <= 40 ? 'yes' : 'no')),
    });
    const labels = path('outcomes.csv');
    const { report } = await reportOf('times.json', 'active.csv', { labels, id: ['id'] });
    const { figures } = report.realised as KnownFigures;
    expect(Object.keys(figures)).toEqual([
      'brierScore within 10',
      'calibration within 10',
      'brierScore within 30',
      'calibration within 30',
    ]);
    const { value, lower, upper } = figures['calibration within 10'];
    expect((lower as number) < 0 && (upper as number) > 0).toBe(true);
    expect(Math.abs(value as number)).toBeLessThan(0.08);
    expect(figures['brierScore within 10'].value).toBeLessThan(0.25);
    expect(report.falls).toEqual([]);
  });

  it('raises an alert if far fewer events occur than predicted, with rows observed just up to a horizon', async () => {
    csv('stayed.csv', {
      id: TENURE.map((_, i) => i),
      tenure: TENURE.map((tenure, i) => tenure + (i % 50 === 0 ? 4 : 30)),
      left: TENURE.map((_, i) => (i % 50 === 0 ? 'yes' : 'no')),
    });
    const labels = path('stayed.csv');
    const { report } = await reportOf('times.json', 'active.csv', { labels, id: ['id'] });
    const { figures } = report.realised as KnownFigures;
    expect(figures['brierScore within 30'].value).toBeGreaterThan(0.05);
    expect(report.falls[0]).toMatchObject({
      figure: 'calibration within 30',
      kind: 'realised',
      reference: 0,
    });
    expect(report.verdict).toContain(
      'the realised predicted minus observed share within 30 rose from 0.000 to',
    );
  });

  it('has no outcomes for rows as they were scored', async () => {
    csv('same.csv', { plan: PLANS, usage: USAGE, tenure: TENURE, left: TENURE.map(() => 'no') });
    const { report } = await reportOf('times.json', 'same.csv');
    expect([report.realised, report.input.labelled, report.input.scored]).toEqual([null, 0, ROWS]);
  });

  it('rejects an event that is neither yes nor no', async () => {
    csv('maybe.csv', { plan: ['A'], usage: [3], tenure: [4], left: ['maybe'] });
    await expect(reportOf('times.json', 'maybe.csv')).rejects.toThrow(
      'maybe.csv, line 2: expected yes or no in the event "left", got "maybe"',
    );
  });
});
