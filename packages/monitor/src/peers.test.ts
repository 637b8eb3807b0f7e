import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Labels, Table } from '@churn/core';
import { jensenShannon } from './distances/jensen-shannon.js';
import { psi } from './distances/psi.js';
import { wasserstein } from './distances/wasserstein.js';
import { ksStatisticOfCells, wassersteinOfCells } from './ecdf.js';
import { estimatePerformance } from './estimate-performance.js';
import { chiSquareSurvival } from './hypothesis-tests/chi-square-survival.js';
import { chiSquareTest } from './hypothesis-tests/chi-square-test.js';
import { fisherTest } from './hypothesis-tests/fisher-test.js';
import { kolmogorovSurvival } from './hypothesis-tests/kolmogorov.js';
import { ksTest } from './hypothesis-tests/ks-test.js';
import { NumericCounts } from './numeric-counts.js';
import { numericReference } from './numeric-reference.js';
import { ProfileCounts } from './profile-counts.js';
import { referenceProfile } from './reference-profile.js';
import { scoreReference } from './score-reference.js';

interface Counted {
  readonly name: string;
  readonly reference: number[];
  readonly current: number[];
}

interface Scored {
  readonly p: number[];
  readonly y: number[];
}

interface Peers {
  readonly samples: (Counted &
    Record<'ksStatistic' | 'ksExact' | 'ksAsymptotic' | 'wasserstein' | 'normedWasserstein', number>)[];
  readonly tables: (Counted &
    Record<'chiSquare' | 'degreesOfFreedom' | 'pValue' | 'jensenShannon', number>)[];
  readonly fisher: { readonly table: [number, number, number, number]; readonly pValue: number }[];
  readonly survival: {
    readonly chiSquare: Record<'x' | 'freedom' | 'value', number>[];
    readonly kolmogorov: Record<'x' | 'value', number>[];
  };
  readonly stability: (Counted & { readonly psi: number })[];
  readonly distances: (Counted & { readonly jensenShannon: number })[];
  readonly estimates: {
    readonly name: string;
    readonly reference: Scored;
    readonly current: Omit<Scored, 'y'>;
    readonly estimated: Record<
      'roc_auc' | 'f1' | 'precision' | 'recall' | 'accuracy' | 'business_value',
      number
    >;
  }[];
}

const peers: Peers = JSON.parse(readFileSync(join(__dirname, '../test/reference/peers.json'), 'utf8'));

/** Requires equality to nine digits, including small p-values. */
function expectEqual(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-300);
}

it.each(peers.samples)('distances of samples $name match scipy and Evidently', (sample) => {
  const { reference, current } = sample;
  const exact = ksTest(reference, current, { method: 'exact' });
  expectEqual(exact.statistic, sample.ksStatistic);
  expectEqual(exact.pValue, sample.ksExact);
  expectEqual(ksTest(reference, current, { method: 'asymptotic' }).pValue, sample.ksAsymptotic);
  expectEqual(wasserstein(reference, current), sample.wasserstein);
});

it.each(peers.samples)('cells with single values give the same distances of samples $name', (sample) => {
  const reference = numericReference('x', [...sample.reference, ...sample.current], 10_000);
  // The cells are those of all values; the counts are of the reference only.
  const of = numericReference('x', sample.reference, 10_000, reference.breakpoints);
  const counts = new NumericCounts(of);
  for (const value of sample.current) counts.add(value);
  expect(ksStatisticOfCells(of, counts)).toBeCloseTo(sample.ksStatistic, 12);
  expect(wassersteinOfCells(of, counts)).toBeCloseTo(sample.wasserstein, 9);
  if (of.sd > 0.001) expect(wassersteinOfCells(of, counts) / of.sd).toBeCloseTo(sample.normedWasserstein, 9);
});

it.each(peers.tables)('tests of counts $name match scipy', (table) => {
  const found = chiSquareTest(table.reference, table.current);
  expectEqual(found.statistic, table.chiSquare);
  expect(found.degreesOfFreedom).toBe(table.degreesOfFreedom);
  expectEqual(found.pValue, table.pValue);
  expect(jensenShannon(table.reference, table.current)).toBeCloseTo(table.jensenShannon, 10);
});

it.each(peers.fisher)('Fisher tests of $table match scipy', ({ table, pValue }) => {
  expectEqual(fisherTest(...table), pValue);
});

it('tails of distributions match scipy', () => {
  for (const { x, freedom, value } of peers.survival.chiSquare)
    expectEqual(chiSquareSurvival(x, freedom), value);
  for (const { x, value } of peers.survival.kolmogorov) expectEqual(kolmogorovSurvival(x), value);
});

it.each(peers.stability)('the stability index of $name matches Evidently', (sample) => {
  expectEqual(psi(sample.reference, sample.current), sample.psi);
});

it.each(peers.distances)('the Jensen-Shannon distance of $name matches NannyML', (sample) => {
  expectEqual(jensenShannon(sample.reference, sample.current), sample.jensenShannon);
});

const NAMES = {
  rocAuc: 'roc_auc',
  f1: 'f1',
  precision: 'precision',
  recall: 'recall',
  accuracy: 'accuracy',
  profit: 'business_value',
} as const;

it.each(peers.estimates)('estimates by NannyML for scores $name lie within the intervals', (each) => {
  const columnsOf = ({ p }: Omit<Scored, 'y'>) => [p.map((value) => 1 - value), p];
  const labels = Labels.from(each.reference.y, [0, 1]);
  const score = scoreReference(columnsOf(each.reference), labels, [0, 1]);
  const rows = Table.fromColumns({}, each.current.p.length);
  const counts = new ProfileCounts({ ...referenceProfile(Table.fromColumns({}, 1500)), score });
  counts.add(rows, columnsOf(each.current));
  const costs = { falsePositive: 1, falseNegative: 5, truePositive: -4 };
  const { figures } = estimatePerformance(score, counts, { costs });
  for (const [ours, theirs] of Object.entries(NAMES)) {
    const { value, lower, upper } = figures[ours as keyof typeof NAMES];
    const estimated = each.estimated[theirs];
    expect(lower).toBeLessThan(estimated);
    expect(upper).toBeGreaterThan(estimated);
    expect(Math.abs((value as number) - estimated)).toBeLessThan(ours === 'profit' ? 0.1 : 0.02);
  }
});
