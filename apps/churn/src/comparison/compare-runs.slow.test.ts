import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labels, Random } from '@churn/core';
import { bootstrapInterval, f1, logLoss, rocAuc } from '@churn/selection';
import { compareRuns } from '../commands/compare-runs';
import type { RunRecord } from '../runs/run-record';
import { writeTestPredictions } from '../runs/test-predictions';
import { BIN } from '../testing/bin';
import { writeSmallRun } from '../testing/run-record';
import { metricDifferences } from './metric-differences';

const [A, B] = ['2026-01-01T00-00-00Z', '2026-01-02T00-00-00Z'];
const N = 400;
const random = new Random(1);
const isPositive = Array.from({ length: N }, () => random.uniform() < 0.3);
const y = Labels.from(
  isPositive.map((is) => (is ? 'yes' : 'no')),
  ['no', 'yes'],
);
/** Probabilities that tell the classes apart, the less the more noise there is. */
const probabilities = (noise: number) => {
  const positive = Float64Array.from(isPositive, (is) => {
    const p = (is ? 0.7 : 0.3) + noise * (random.uniform() - 0.5);
    return Math.min(0.99, Math.max(0.01, p));
  });
  return [positive.map((p) => 1 - p), positive];
};
const good = probabilities(0.7);
const poor = probabilities(1.6);
const alike = [good[0], good[1]].map((values, i) => values.map((p) => p + (i === 0 ? -1e-3 : 1e-3)));

describe('metricDifferences', () => {
  const thresholds = { a: 0.5, b: 0.25 };

  it('includes the metrics of both models, at their own thresholds', () => {
    const found = metricDifferences({ labels: y, a: poor, b: good }, thresholds, 7);
    const by = new Map(found.map((each) => [each.metric, each]));
    expect(by.get('rocAuc')).toMatchObject({ a: rocAuc(y, poor[1]), b: rocAuc(y, good[1]), better: 'b' });
    expect(by.get('logLoss')).toMatchObject({ a: logLoss(y, poor), b: logLoss(y, good), better: 'b' });
    const called = Array.from(good[1], (p) => (p >= 0.25 ? 'yes' : 'no'));
    expect(by.get('f1')?.b).toBe(f1(y, Labels.from(called, y.classes)));
    for (const { a, b, difference, interval } of found) {
      expect(difference).toBeCloseTo(b - a, 12);
      const [low, high] = interval as [number, number];
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
    }
    expect(metricDifferences({ labels: y, a: poor, b: good }, thresholds, 7)).toEqual(found);
  });

  const few = Int32Array.from({ length: 100 }, (_, row) => row);
  const labels = y.take(few);
  const take = (columns: Float64Array[]) => columns.map((values) => values.slice(0, few.length));

  it('changes sign if the runs are swapped', () => {
    const [there] = metricDifferences({ labels, a: take(poor), b: take(good) }, thresholds, 7);
    const [back] = metricDifferences({ labels, a: take(good), b: take(poor) }, thresholds, 7);
    const [low, high] = there.interval as [number, number];
    expect(back.interval?.[0]).toBeCloseTo(-high, 12);
    expect(back.interval?.[1]).toBeCloseTo(-low, 12);
    expect(back.better).toBe('a');
  });

  it('finds no difference between a model and itself', () => {
    const [a, b] = [take(good), take(good)];
    for (const each of metricDifferences({ labels, a, b }, { a: null, b: null }, 7)) {
      expect(each).toMatchObject({ difference: 0, interval: [0, 0], better: null });
    }
  });

  it('uses the pairing: models that err on the same rows give narrow intervals', () => {
    const [a, b] = [take(good), take(alike)];
    const [, { interval }] = metricDifferences({ labels, a, b }, { a: null, b: null }, 7);
    const [low, high] = interval as [number, number];
    const alone = bootstrapInterval(logLoss, labels, a, { seed: 7 });
    expect(high - low).toBeLessThan((alone.high - alone.low) / 20);
  });
});

describe('churn runs compare', () => {
  let folder: string;
  const config = () => ({ output: { folder }, registry: {} }) as never;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'churn-compare-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes a run that held out some of the rows. */
  async function write(id: string, rows: number[], of: Float64Array[], changes: Partial<RunRecord> = {}) {
    writeSmallRun(folder, id, changes);
    await writeTestPredictions(join(folder, 'runs', id), {
      rows: Int32Array.from(rows),
      labels: y.take(Int32Array.from(rows)),
      probabilities: new Map([['tree', of.map((values) => Float64Array.from(rows, (row) => values[row]))]]),
    });
  }

  const all = Array.from({ length: N }, (_, row) => row);
  const compared = async () => JSON.parse(JSON.stringify((await compareRuns(config(), [A, B], {})).figures));

  it('compares both on their common held-out rows, and reports the differences', async () => {
    await write(A, all.slice(0, 300), poor);
    const changes = {
      config: { seed: 7, data: { target: 'left', drop: ['<b>id'] } },
      git: { commit: 'c'.repeat(40), dirty: true },
    };
    await write(B, all.slice(100), good, changes);
    const { verdict, rows, metrics, settings, data } = await compared();
    expect(rows).toBe(200);
    const shared = Int32Array.from(all.slice(100, 300));
    const take = (values: Float64Array) => Float64Array.from(shared, (row) => values[row]);
    expect(metrics[0]).toMatchObject({
      metric: 'rocAuc',
      a: rocAuc(y.take(shared), take(poor[1])),
      b: rocAuc(y.take(shared), take(good[1])),
      better: 'b',
    });
    expect(verdict).toMatch(
      /^B is better by ROC AUC and log loss on the 200 rows held out by both: ROC AUC 0\./,
    );
    expect(settings).toEqual([
      { what: 'commit', a: 'no repository', b: 'cccccccccccc, with changes' },
      { what: 'data.drop', a: null, b: '["<b>id"]' },
    ]);
    expect(data).toEqual([]);
    writeFileSync(
      join(folder, 'churn.yaml'),
      'data: { file: a.csv, target: left, positive: yes }\noutput: { folder: . }',
    );
    const page = join(folder, 'page.html');
    // Figures are drawn by what only a process of its own can load.
    const args = [BIN, 'runs', 'compare', A, B, '--out', page, '--config', 'churn.yaml'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain(verdict);
    const html = readFileSync(page, 'utf8');
    expect(html.match(/<figure>/g)).toHaveLength(2);
    expect(html).toContain('&lt;b&gt;id');
    expect(html).not.toContain('<b>id');
  });

  it('reports only settings that both runs used', async () => {
    const listed = {
      models: { a: { type: 'SVC' } },
      training: { sampleRows: 100 },
      monitoring: { minPsi: 1 },
    };
    await write(A, all, poor, { config: { ...listed, preset: 'good', time: null } });
    const others = { training: { sampleRows: 200 }, monitoring: { minPsi: 2 } };
    await write(B, all, good, { config: { ...listed, ...others, preset: 'fast' } });
    expect((await compared()).settings).toEqual([]);
    const found = { models: 'auto', training: { sampleRows: 200 } };
    await write(A, all, poor, { config: { ...found, preset: 'good', time: 60 } });
    await write(B, all, good, { config: { ...found, preset: 'fast', time: 90 } });
    expect((await compared()).settings.map(({ what }: { what: string }) => what)).toEqual(['preset', 'time']);
  });

  const other = { file: 'new.csv', sha256: 'xx', contentSha256: 'yy', rows: 9, sampled: null };
  it.each([
    ['different data', { data: other }, 'the runs used different training data'],
    [
      'different classes',
      { test: { rows: 3, classes: ['yes', 'no'] } },
      'the runs predict different classes',
    ],
    ['no common rows', {}, 'the runs held out 0 common rows, with too few of some class'],
    [
      'a run of an earlier version',
      { config: null },
      'an earlier version kept no predictions of its test rows',
    ],
  ])('reports no interval of %s, and the reason', async (_, changes, why) => {
    await write(A, all.slice(0, 200), poor);
    await write(B, all.slice(200), good, changes);
    const found = await compared();
    expect(found).toMatchObject({ why, rows: null });
    expect(found.verdict).toMatch(
      /^The metrics are on different rows, so their differences are inconclusive/,
    );
    expect(found.metrics).toHaveLength(2);
    for (const { interval, better } of found.metrics) expect([interval, better]).toEqual([null, null]);
  });

  it('matches rows of a file by the data, whatever the features', async () => {
    const data = { file: 'data.csv', sha256: 'ab', contentSha256: 'other columns', rows: 9, sampled: null };
    await write(A, all, poor);
    await write(B, all, good, { data });
    expect((await compared()).rows).toBe(N);
    await write(B, all, good, { data, config: { data: { target: 'left', duplicates: 'drop' } } });
    expect((await compared()).why).toBe('the runs used different training data');
  });

  it('rejects comparing a run with itself', async () => {
    await write(A, all, poor);
    await expect(compareRuns(config(), [A, '2026'], {})).rejects.toThrow(
      `expected two runs to compare, got ${A} for both`,
    );
  });
});
