import { pow, Table } from '@churn/core';
import { compareProfiles, ProfileCounts, referenceProfile, scoreReference } from '@churn/monitor';
import type { MonitoringReport } from '../monitoring/monitoring-report.js';
import type { Observation } from '../monitoring/observe-rows.js';
import { monitoringFigures, shareGroups } from './monitoring-figures.js';

function groupsOf(before: Record<string, unknown[]>, now: Record<string, unknown[]>) {
  const reference = referenceProfile(Table.fromColumns(before as Record<string, number[]>));
  const counts = new ProfileCounts(reference);
  counts.add(Table.fromColumns(now as Record<string, number[]>));
  return counts.columns.map((each) => shareGroups(each));
}

it('shows few values one by one, with out-of-range and missing ones', () => {
  const [groups] = groupsOf({ n: [1, 1, 2, NaN] }, { n: [2, 2, 9, NaN, NaN] });
  expect(groups).toEqual([
    { label: '1', before: 0.5, now: 0 },
    { label: '2', before: 0.25, now: 0.4 },
    { label: 'above 2', before: 0, now: 0.2 },
    { label: 'missing', before: 0.25, now: 0.4 },
  ]);
});

it('bins many values by deciles of the reference', () => {
  const n = Array.from({ length: 1000 }, (_, i) => i);
  const [groups] = groupsOf({ n }, { n: n.map((each) => each / 2) });
  expect(groups).toHaveLength(10);
  expect(groups[0].label).toBe('up to 99');
  expect(groups[9].label).toMatch(/ to 999$/);
  for (const { before } of groups) expect(before).toBeCloseTo(0.1, 2);
  expect(groups.reduce((sum, { now }) => sum + now, 0)).toBeCloseTo(1, 12);
  expect(groups.slice(6).every(({ now }) => now === 0)).toBe(true);
});

it('formats ranges with three digits, or as many as distinguish them', () => {
  const labels = (n: number[]) => groupsOf({ n }, { n })[0].map(({ label }) => label);
  const thirds = Array.from({ length: 1000 }, (_, i) => (i + 1) / 3000);
  expect(labels(thirds).slice(0, 3)).toEqual(['up to 0.0333', '0.0333 to 0.0667', '0.0667 to 0.1']);
  expect(labels([2019, 2019.5, 2020.25])).toEqual(['2,019', '2,019.5', '2,020.3']);
  expect(labels([1.23456e-8, 12_345_678])).toEqual(['1.23e-8', '1.23e+7']);
});

it('formats probabilities in per cent, and joins bins with equal labels', () => {
  // Of a model that is certain of nine rows in ten.
  const certain = Array.from({ length: 1000 }, (_, i) => (i < 900 ? pow(10, i / 150 - 10) : i / 1000));
  const both = [Float64Array.from(certain, (p) => 1 - p), Float64Array.from(certain)];
  const score = scoreReference(both, null, ['no', 'yes']);
  const counts = new ProfileCounts({ ...referenceProfile(Table.fromColumns({ n: certain })), score });
  counts.add(Table.fromColumns({ n: certain }), both);
  const [yes] = counts.scores?.probabilities ?? [];
  const groups = shareGroups(yes, { isProbability: true });
  expect(groups.map(({ label }) => label)).toEqual(['up to 0.1%', '0.1% to 99.9%', '99.9% to 100.0%']);
  expect(groups[0].before).toBeCloseTo(0.9, 1);
});

it('draws no unchanged column among the drifted ones', () => {
  const n = Array.from({ length: 500 }, (_, i) => i);
  const same = { a: n, b: n, c: n, d: n };
  const drawn = (now: Record<string, number[]>) => {
    const reference = referenceProfile(Table.fromColumns(same));
    const counts = new ProfileCounts(reference);
    counts.add(Table.fromColumns(now));
    const drift = compareProfiles(reference, counts);
    const told = { model: { task: 'classes' }, reference: { figures: null } };
    const report = { ...told, drift, windows: [] } as unknown as MonitoringReport;
    return monitoringFigures(report, { counts } as Observation).columns.map(({ id }) => id);
  };
  expect(drawn({ ...same, c: n.map((each) => each / 2) })).toEqual(['c']);
  expect(drawn(same)).toHaveLength(3);
});

it('orders levels by frequency, with rare and unseen ones pooled', () => {
  const many = Array.from({ length: 12 }, (_, i) => `level ${String(i).padStart(2, '0')}`);
  const [groups] = groupsOf(
    { level: [...many, ...many.slice(0, 8)] },
    { level: [...many.slice(0, 4), 'new'] },
  );
  expect(groups.map(({ label }) => label)).toEqual([
    ...many.slice(0, 10),
    '2 others',
    'not in the reference',
  ]);
  expect(groups.at(-1)).toEqual({ label: 'not in the reference', before: 0, now: 0.2 });
  expect(groups[0]).toEqual({ label: 'level 00', before: 0.1, now: 0.2 });
});
