import { type Labels, Table, TargetValues } from '@churn/core';
import { labels, selects, x } from '../test/feature-selection';
import reference from '../test/reference/selection.json';
import { SelectKBest } from './select-k-best';

const amounts = TargetValues.from(reference.amounts);

selects(new SelectKBest({ k: 2 }), SelectKBest);

describe('SelectKBest', () => {
  const scores = (score: 'f' | 'chi2', of: Table, y: Labels | TargetValues) =>
    Object.values(new SelectKBest({ k: 'all', score }).fit(of, y).state.scores);

  it('agrees with the scores of scikit-learn', () => {
    const near = (value: number) => expect.closeTo(value, 8);
    expect(scores('f', x, labels)).toEqual(reference.fClassif.map(near));
    expect(scores('f', x, amounts)).toEqual(reference.fRegression.map(near));
    const positive = x.with(x.names.map((name) => [name, x.numeric(name).map(Math.abs)]));
    expect(scores('chi2', positive, labels)).toEqual(reference.chi2.map(near));
  });

  it('keeps the k best, the first of ties, and a column that cannot be scored last', () => {
    const table = Table.fromColumns({
      flat: [1, 1, 1, 1],
      good: [0, 1, 5, 6],
      same: [0, 1, 5, 6],
      poor: [0, 5, 1, 6],
      gaps: [null, 1, 5, 6],
    });
    const { state } = new SelectKBest({ k: 2 }).fit(table.drop(['gaps']), [0, 0, 1, 1]);
    expect(state.selected).toEqual(['good', 'same']);
    expect(state.scores.flat).toBeNull();
    // By hand: means 0.5 and 5.5, between 25 and within 0.5 + 0.5 over 2.
    expect(state.scores.good).toBeCloseTo(50, 12);
    // Of rows 1 to 3: means 1 and 5.5, between 13.5 and within 0.5 over 1.
    expect(new SelectKBest({ k: 1 }).fit(table, [0, 0, 1, 1]).state.scores.gaps).toBeCloseTo(27, 12);
    expect(new SelectKBest({ k: 9 }).fit(table, [0, 0, 1, 1]).state.dropped).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['no target', () => new SelectKBest().fit(x, undefined as never), 'expected a target to select by'],
    [
      'chi2 with a regression target',
      () => new SelectKBest({ score: 'chi2' }).fit(x, amounts),
      'expects class labels',
    ],
    [
      'chi2 of negative numbers',
      () => new SelectKBest({ score: 'chi2' }).fit(Table.fromColumns({ a: [1, -1] }), [0, 1]),
      'column "a", row 1: chi2 expects numbers of at least 0, got -1',
    ],
    ['no columns to keep', () => new SelectKBest({ k: 0 }), 'k: expected an integer of at least 1 or all'],
    ['a target of another length', () => new SelectKBest().fit(x, [0, 1]), 'labels, one per row, got 2'],
  ])('rejects %s', (_, action, message) => {
    expect(action).toThrow(
      expect.objectContaining({ name: 'ChurnError', message: expect.stringContaining(message) }),
    );
  });
});
