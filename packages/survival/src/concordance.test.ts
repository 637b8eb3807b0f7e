import { Durations, Random } from '@churn/core';
import { concordance } from './concordance.js';

const random = new Random(5);
const n = 120;
const draw = () => Float64Array.from({ length: n }, () => random.uniform());
const durations = draw().map((u) => Math.floor(20 * u) + 1);
const events = draw().map((u) => (u < 0.6 ? 1 : 0));
const entry = draw().map((u, i) => u * durations[i] * 0.9);
const risk = draw().map((u, i) => Math.floor(8 * u) - durations[i] / 8);
const weights = draw().map((u) => Math.floor(3 * u));

/** The definition, pair by pair. */
function byPairs(y: Durations, of: (i: number, j: number) => number): number {
  let [right, all] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const isLater = y.values[j] > y.values[i] || (y.values[j] === y.values[i] && y.events[j] === 0);
      if (y.events[i] === 0 || !isLater || (y.entry?.[j] ?? -1) >= y.values[i]) continue;
      all += of(i, j);
      right += of(i, j) * (risk[i] > risk[j] ? 1 : risk[i] === risk[j] ? 0.5 : 0);
    }
  }
  return right / all;
}

it.each([
  ['of all rows', undefined],
  ['with left truncation', entry],
])('agrees with its definition, %s', (_, from) => {
  const y = Durations.from({ durations, events, entry: from });
  expect(concordance(y, risk)).toBeCloseTo(
    byPairs(y, () => 1),
    13,
  );
  const weighted = concordance(y, risk, { sampleWeight: weights });
  expect(weighted).toBeCloseTo(
    byPairs(y, (i, j) => weights[i] * weights[j]),
    13,
  );
  const rows = Array.from(weights).flatMap((weight, row) => Array<number>(weight).fill(row));
  expect(
    concordance(
      y.take(rows),
      rows.map((row) => risk[row]),
    ),
  ).toBeCloseTo(weighted, 13);
});

it('is 1 for the correct order, 0 for the reverse, and one half for equal scores', () => {
  const y = { durations: [1, 2, 3], events: [1, 1, 0] };
  expect(concordance(y, [3, 2, 1])).toBe(1);
  expect(concordance(y, [1, 2, 3])).toBe(0);
  expect(concordance(y, [1, 1, 1])).toBe(0.5);
});

it('rejects input that cannot be compared', () => {
  const y = { durations: [1, 2], events: [1, 0] };
  expect(() => concordance(y, [1])).toThrow('a finite risk score for each of 2 rows, got 1');
  expect(() => concordance(y, [1, NaN])).toThrow('row 1: expected a finite risk score, got NaN');
  expect(() => concordance(y, [1, 2], { sampleWeight: [1] })).toThrow('sampleWeight');
  expect(() => concordance({ durations: [1, 2], events: [0, 1] }, [1, 2])).toThrow('no two rows');
});
