import { logRankTest } from './log-rank-test.js';

const y = { durations: [1, 2, 3, 4, 5, 6], events: [1, 1, 1, 1, 0, 1] };

it('compares the events of each group with those expected without a difference', () => {
  const { groups, degreesOfFreedom } = logRankTest(y, ['a', 'a', 'b', 'a', 'b', 'b']);
  expect(degreesOfFreedom).toBe(1);
  expect(groups.map(({ group, observed }) => [group, observed])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect(groups[0].expected).toBeCloseTo(3 / 6 + 2 / 5 + 1 / 4 + 1 / 3, 14);
  expect(groups[0].expected + groups[1].expected).toBeCloseTo(5, 14);
});

it('does not depend on the names or order of groups', () => {
  const by = [1, 2, 3, 3, 2, 1];
  const other = by.map((group) => ['', 'z', 'x', 'y'][group]);
  expect(logRankTest(y, other).statistic).toBeCloseTo(logRankTest(y, by).statistic, 12);
});

it('respects entry times', () => {
  const entry = [0, 0, 0, 2.5, 0, 0];
  const { groups } = logRankTest({ ...y, entry }, ['a', 'a', 'b', 'a', 'b', 'b']);
  expect(groups[0].expected).toBeCloseTo(2 / 5 + 1 / 4 + 1 / 4 + 1 / 3, 14);
});

it.each<[string, readonly string[], string]>([
  ['one group', ['a', 'a', 'a', 'a', 'a', 'a'], 'expected two groups or more, got 1'],
  ['too few groups', ['a', 'b'], 'expected 6 labels, one per row'],
])('rejects %s', (_, by, message) => {
  expect(() => logRankTest(y, by)).toThrow(message);
});

it('rejects a group with nobody at risk', () => {
  const early = { durations: [1, 2, 3], events: [0, 1, 1] };
  expect(() => logRankTest(early, ['a', 'b', 'b'])).toThrow('"a" has none');
});
