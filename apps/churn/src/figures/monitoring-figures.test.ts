import { Table } from '@churn/core';
import { ProfileCounts, referenceProfile } from '@churn/monitor';
import { shareGroups } from './monitoring-figures.js';

function groupsOf(before: Record<string, unknown[]>, now: Record<string, unknown[]>) {
  const reference = referenceProfile(Table.fromColumns(before as Record<string, number[]>));
  const counts = new ProfileCounts(reference);
  counts.add(Table.fromColumns(now as Record<string, number[]>));
  return counts.columns.map(shareGroups);
}

it('groups a few values one by one, with those beyond and those that are missing', () => {
  const [groups] = groupsOf({ n: [1, 1, 2, NaN] }, { n: [2, 2, 9, NaN, NaN] });
  expect(groups).toEqual([
    { label: '1', before: 0.5, now: 0 },
    { label: '2', before: 0.25, now: 0.4 },
    { label: 'above 2', before: 0, now: 0.2 },
    { label: 'missing', before: 0.25, now: 0.4 },
  ]);
});

it('groups many values by tenths of the reference', () => {
  const n = Array.from({ length: 1000 }, (_, i) => i);
  const [groups] = groupsOf({ n }, { n: n.map((each) => each / 2) });
  expect(groups).toHaveLength(10);
  expect(groups[0].label).toBe('up to 99');
  expect(groups[9].label).toMatch(/ to 999$/);
  for (const { before } of groups) expect(before).toBeCloseTo(0.1, 2);
  expect(groups.reduce((sum, { now }) => sum + now, 0)).toBeCloseTo(1, 12);
  expect(groups.slice(6).every(({ now }) => now === 0)).toBe(true);
});

it('groups levels by how many rows have them, the rest and unseen ones together', () => {
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
