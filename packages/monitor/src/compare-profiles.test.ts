import { exp, Random, Table } from '@churn/core';
import { compareProfiles } from './compare-profiles.js';
import { predictionReference } from './prediction-reference.js';
import { ProfileCounts } from './profile-counts.js';
import { referenceProfile } from './reference-profile.js';
import { scoreReference } from './score-reference.js';

interface Shift {
  readonly age?: number;
  readonly missing?: number;
  readonly gold?: number;
}

function draw(rows: number, seed: number, { age = 0, missing = 0.02, gold = 0 }: Shift = {}): Table {
  const random = new Random(seed);
  return Table.fromColumns({
    age: Float64Array.from({ length: rows }, () => 40 + 10 * (random.normal() + age)),
    balance: Float64Array.from({ length: rows }, () =>
      random.uniform() < missing ? NaN : random.uniform() ** 3,
    ),
    visits: Float64Array.from({ length: rows }, () => random.int(6)),
    plan: Array.from({ length: rows }, () =>
      random.uniform() < gold ? 'gold' : ['a', 'a', 'b', 'c'][random.int(4)],
    ),
  });
}

const reference = referenceProfile(draw(5000, 1));

function compare(table: Table, options?: Parameters<typeof compareProfiles>[2]) {
  const counts = new ProfileCounts(reference);
  counts.add(table);
  return compareProfiles(reference, counts, options);
}

it('raises no alert for rows of the same distribution', () => {
  const report = compare(draw(2000, 2));
  expect(report).toMatchObject({ isAlert: false, alerts: [], rows: { reference: 5000, current: 2000 } });
  // Four distributions and the missing balances; no plan is unseen, and none occurs only once.
  expect(report.tests).toBe(5);
});

it('detects a shifted column and its distance', () => {
  const { alerts, columns } = compare(draw(1000, 3, { age: 0.5 }));
  expect(alerts).toEqual(['age']);
  const [age] = columns;
  expect(age).toMatchObject({ name: 'age', isAlert: true, reasons: ['distribution'] });
  expect(age.test?.corrected).toBeLessThan(1e-10);
  expect(age.normedWasserstein).toBeCloseTo(0.5, 1);
  expect(age.wasserstein).toBeCloseTo(5, 0);
  expect((age.mean?.current ?? 0) - (age.mean?.reference ?? 0)).toBeCloseTo(5, 0);
  // The sum of both divergences of two normal distributions half a standard deviation apart is 0.25.
  expect(age.psi).toBeGreaterThan(0.18);
  expect(age.psi).toBeLessThan(0.32);
});

it('detects missing values and unseen levels', () => {
  const { columns } = compare(draw(1000, 4, { missing: 0.12, gold: 0.08 }));
  const found = Object.fromEntries(columns.map((column) => [column.name, column]));
  expect(found.balance).toMatchObject({
    reasons: ['missing'],
    missing: { current: expect.closeTo(0.12, 1) },
  });
  expect(found.plan.reasons).toContain('unseen');
  expect(found.plan.unseen?.current).toBeCloseTo(0.08, 1);
  expect(found.plan.unseenLevels).toEqual([['gold', expect.any(Number)]]);
  expect(found.age.isAlert).toBe(false);
  expect(found.visits.isAlert).toBe(false);
});

it('raises no alert for a significant but small difference', () => {
  const [age] = compare(draw(200_000, 5, { age: 0.08 })).columns;
  expect(age).toMatchObject({ name: 'age', isAlert: false, reasons: [] });
  expect(age.test?.corrected).toBeLessThan(1e-3);
  const [strict] = compare(draw(200_000, 5, { age: 0.08 }), { minPsi: 0.001 }).columns;
  expect(strict).toMatchObject({ name: 'age', isAlert: true });
});

it('raises no alert for a difference that may be chance', () => {
  const report = compare(draw(25, 6), { minPsi: 0 });
  expect(report.columns.some(({ psi }) => (psi ?? 0) > 0.1)).toBe(true);
  expect(report.isAlert).toBe(false);
});

it('ranks columns by drift and importance', () => {
  const rows = draw(2000, 7, { age: 0.4 }).with({ visits: Array.from({ length: 2000 }, (_, i) => i % 3) });
  const names = (importances?: Record<string, number>) =>
    compare(rows, { importances }).columns.map(({ name }) => name);
  expect(names().slice(0, 2)).toEqual(['visits', 'age']);
  expect(names({ age: 0.9, visits: 0.1 }).slice(0, 2)).toEqual(['age', 'visits']);
  // Columns with alerts come first, whatever their importance.
  expect(names({ balance: 1000 }).slice(0, 2).sort()).toEqual(['age', 'visits']);
  const [age] = compare(rows, { importances: { age: 2 } }).columns;
  expect(age.weight).toBeCloseTo(2 * (age.jensenShannon ?? 0), 12);
});

it('compares scores', () => {
  const random = new Random(8);
  const probabilities = (power: number) => {
    const p = Float64Array.from({ length: 2000 }, () => random.uniform() ** power);
    return [p.map((value) => 1 - value), p];
  };
  const withScores = { ...reference, score: scoreReference(probabilities(1), null, ['stays', 'leaves']) };
  const counts = new ProfileCounts(withScores);
  counts.add(draw(2000, 9), probabilities(2));
  const report = compareProfiles(withScores, counts);
  expect(report).toMatchObject({ isAlert: true, alerts: [], scores: [{ name: 'leaves', isAlert: true }] });
  const without = new ProfileCounts(withScores);
  without.add(draw(2000, 9));
  expect(compareProfiles(withScores, without)).toMatchObject({ isAlert: false, scores: [] });
});

it('ignores negligible differences between scores near 0 or 1', () => {
  const random = new Random(10);
  const certain = (shift: number) => {
    const p = Float64Array.from({ length: 2000 }, () => {
      const near = shift + 1e-6 * random.uniform();
      return random.uniform() < 0.3 ? 1 - near : near;
    });
    return [p.map((value) => 1 - value), p];
  };
  const withScores = { ...reference, score: scoreReference(certain(0), null, ['stays', 'leaves']) };
  const counts = new ProfileCounts(withScores);
  counts.add(draw(2000, 11), certain(2e-6));
  expect(compareProfiles(withScores, counts)).toMatchObject({ isAlert: false, scores: [{ isAlert: false }] });
});

it('raises an alert for scores only if they move by a tenth of their deviation, not if their order alone changes', () => {
  const random = new Random(12);
  const sharpened = (by: number) => {
    const p = Float64Array.from({ length: 4000 }, () => 1 / (1 + exp(-by * 6 * random.normal())));
    return [p.map((value) => 1 - value), p];
  };
  const withScores = { ...reference, score: scoreReference(sharpened(1), null, ['stays', 'leaves']) };
  const counts = new ProfileCounts(withScores);
  counts.add(draw(4000, 13), sharpened(1.5));
  const [score] = compareProfiles(withScores, counts).scores;
  expect(score).toMatchObject({ isAlert: false, reasons: [] });
  expect(score.psi).toBeGreaterThan(0.1);
  expect(score.normedWasserstein).toBeLessThan(0.1);
  expect(compareProfiles(withScores, counts, { minScoreShift: 0 }).isAlert).toBe(true);
});

it('raises an alert for predictions only if they differ by twice as much as those of other fits', () => {
  const random = new Random(14);
  // The scores of weak models: a narrow range, which moves from fit to fit.
  const around = (mean: number) => {
    const p = Float64Array.from({ length: 2000 }, () => mean + 0.02 * random.uniform());
    return [p.map((value) => 1 - value), p];
  };
  const isAlert = (otherFits: Float64Array[][], mean: number) => {
    const score = scoreReference(around(0.3), null, ['stays', 'leaves'], { otherFits });
    const counts = new ProfileCounts({ ...reference, score });
    counts.add(draw(2000, 15), around(mean));
    return compareProfiles(counts.reference, counts).isAlert;
  };
  expect(isAlert([], 0.308)).toBe(true);
  const others = [0.3, 0.305, 0.302].map(around);
  expect(isAlert(others, 0.308)).toBe(false);
  expect(isAlert(others, 0.33)).toBe(true);
  const values = (mean: number) => new Map([['value', around(mean)[1]]]);
  const { predictions } = predictionReference(values(0.3), null, [values(0.31), values(0.302)]);
  // Uniform within 0.02: half a width is 1.7 standard deviations.
  expect(predictions[0].betweenFits?.shift).toBeCloseTo(Math.sqrt(3), 1);
});

it('reports nothing for no rows, and for columns without values', () => {
  const empty = compareProfiles(reference, new ProfileCounts(reference));
  expect(empty).toMatchObject({ isAlert: false, tests: 0, rows: { current: 0 } });
  for (const column of empty.columns) {
    expect(column).toMatchObject({
      psi: null,
      jensenShannon: null,
      wasserstein: null,
      test: null,
      weight: 0,
    });
  }
  const gone = compare(draw(500, 10).with({ age: new Float64Array(500).fill(NaN) }));
  expect(gone.columns[0]).toMatchObject({ name: 'age', reasons: ['missing'], psi: null });
  const never = referenceProfile(Table.fromColumns({ n: new Float64Array(300).fill(NaN) }));
  const counts = new ProfileCounts(never);
  counts.add(Table.fromColumns({ n: new Float64Array(300).fill(1) }));
  expect(compareProfiles(never, counts).columns[0]).toMatchObject({ reasons: ['missing'], test: null });
});

it.each([
  { levels: 5000, rows: [300, 200], maxLevels: 1000, times: 40 },
  { levels: 5000, rows: [200, 3000], maxLevels: 20, times: 40 },
  { levels: 40_000, rows: [10_000, 15_000], maxLevels: 500, times: 10 },
  { levels: 3000, rows: [20_000, 10_000], maxLevels: 300, times: 10 },
])('does not mistake $levels rare levels for drift', ({ levels, rows: [before, now], maxLevels, times }) => {
  const random = new Random(levels, before);
  const names = Array.from({ length: levels }, (_, level) => `level ${level}`);
  const draw = (rows: number) => {
    const codes = Int32Array.from({ length: rows }, () =>
      Math.floor(levels * random.uniform() * random.uniform()),
    );
    return Table.fromColumns({ id: { kind: 'category', codes, levels: names } });
  };
  let [alarms, significant] = [0, 0];
  for (let i = 0; i < times; i++) {
    const of = referenceProfile(draw(before), { maxLevels });
    const counts = new ProfileCounts(of);
    counts.add(draw(now));
    if (compareProfiles(of, counts).isAlert) alarms++;
    if (compareProfiles(of, counts, { minPsi: 0, minUnseen: 0 }).isAlert) significant++;
  }
  expect(alarms).toBeLessThanOrEqual(Math.ceil(times / 20) + 1);
  expect(significant).toBeLessThanOrEqual(Math.ceil(times / 8));
});

it('rejects invalid options and other counts', () => {
  expect(() => compare(draw(10, 1), { significance: 2 })).toThrow(
    'significance: expected a number between 0 and 1',
  );
  const other = new ProfileCounts(referenceProfile(draw(10, 1)));
  expect(() => compareProfiles(reference, other)).toThrow('counts: expected counts of the same reference');
});
