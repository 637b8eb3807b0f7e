import type { Disparity, Figure } from '@churn/selection';
import type { GroupReport } from '../training/group-report';
import { disparityTexts, groupMeasureTable, isBeyondChance } from './group-text';

const recall = (value: number): Figure & { difference: number; ratio: number } => ({
  value,
  interval: [value - 0.05, value + 0.05],
  difference: 0,
  ratio: 1,
});
const report = (disparity: GroupReport['disparity'], groups = ['F', 'M']): GroupReport => ({
  column: 'Gender',
  overall: { positiveRate: { value: 0.2, interval: null }, recall: { value: 0.85, interval: [0.8, 0.9] } },
  groups: groups.map((group, i) => ({
    ...{ group, rows: 1000 + i },
    metrics: { positiveRate: null, recall: recall(0.8 + i / 10) },
  })),
  disparity,
});
const gap = (low: number, others?: Partial<Disparity>): Disparity => ({
  ...{ lowest: 'F', highest: 'M', difference: 0.1, interval: [low, 0.17], ratio: 0.9 },
  ...others,
});

describe('disparity in words', () => {
  it('names the groups, the difference, and whether it may be chance', () => {
    expect(disparityTexts(report({ recall: gap(0.03) }), 'churned')).toEqual([
      'Recall of “churned” rows: 80.0% where Gender is “F” and 90.0% where it is “M”: 10.0 points apart (95% interval 3.0 to 17.0), a significant difference.',
    ]);
    expect(disparityTexts(report({ recall: gap(-0.03) }))[0]).toMatch(/which may be due to chance\.$/);
    const three = report({ recall: gap(0.01) }, ['F', 'M', 'X']);
    expect(disparityTexts(three)[0]).toMatch(/which may be due to chance among 3 groups\.$/);
  });

  it('reports error rates only if they differ by more than chance', () => {
    const of = (low: number) =>
      disparityTexts(report({ recall: null, falsePositiveRate: gap(low) }), 'churned');
    expect(of(0.03)[0]).toMatch(/^Its false positive rate: /);
    expect(of(-0.01)).toEqual(['There are too few rows to compare groups.']);
  });

  it('says if there is only one group', () => {
    expect(disparityTexts(report({ recall: null }, ['F']))).toEqual(['All test rows are in one group, “F”.']);
  });
});

it('widens the interval of the difference for all pairs of groups', () => {
  // 1.96 standard errors are 0.09; of three pairs 2.39 are asked for, of ten 2.81.
  expect([2, 3, 5].map((n) => isBeyondChance(gap(0.01), n))).toEqual([true, false, false]);
  expect([3, 5].map((n) => isBeyondChance(gap(0.025), n))).toEqual([true, false]);
  expect(isBeyondChance(gap(0.01, { interval: null }), 2)).toBe(false);
});

it('has a line for each group and one for all rows', () => {
  expect(groupMeasureTable(report({}), 2001)).toEqual({
    head: ['Gender', 'rows', 'actual', 'recall'],
    rows: [
      ['F', '1,000', '-', '80.0% (75.0% to 85.0%)'],
      ['M', '1,001', '-', '90.0% (85.0% to 95.0%)'],
      ['all rows', '2,001', '20.0%', '85.0% (80.0% to 90.0%)'],
    ],
  });
});
