import { Table } from '@churn/core';
import { GaussianNB } from '@churn/models';
import { knownEffects } from '../../test/known-effects.js';
import reference from '../../test/reference/balance.json';
import { imbalances } from './imbalances.js';
import { rankTest } from './rank-test.js';
import { requireRandomTreatment } from './require-random-treatment.js';
import { treatmentBalance } from './treatment-balance.js';

const call = { treatment: 'call', control: 'none' };
const refused = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

it('matches the rank test of scipy, with ties', () => {
  const { scores, treated, auc, pValue } = reference.rankTest;
  const received = rankTest([{ scores: Float64Array.from(scores), treated: Uint8Array.from(treated) }]);
  expect(received.auc).toBeCloseTo(auc, 12);
  expect(received.pValue).toBeCloseTo(pValue, 12);
});

it('matches standardised differences by pandas, the largest first', () => {
  const { age, plan, treated, differences } = reference.balance;
  const x = Table.fromColumns({ age: age.map((each) => each ?? NaN), plan, treated });
  const { rows, nTreated, nControl } = treatmentBalance(x, { treatment: 'treated', control: 0 });
  expect(nTreated + nControl).toBe(age.length);
  const sizes = rows.map(({ difference }) => Math.abs(difference));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  for (const { column, level, difference } of differences) {
    const found = rows.find((row) => row.column === column && row.level === (level ?? undefined));
    expect(found?.difference).toBeCloseTo(difference, 11);
  }
});

describe('a randomised treatment', () => {
  it('is predicted no better than by chance, and passes', () => {
    const { x } = knownEffects(1500, 4);
    const { test, overlap, rows } = requireRandomTreatment(x, call);
    expect(Math.abs(test.auc - 0.5)).toBeLessThan(0.05);
    expect(test.pValue).toBeGreaterThan(0.01);
    expect(overlap.shareOutside).toBe(0);
    expect(new Set(rows.map(({ column }) => column))).toEqual(new Set(['usage', 'tenure', 'plan']));
  });

  it('has p-values below 0.1 about as often as it should', () => {
    const classifier = new GaussianNB();
    const pValues = Array.from({ length: 150 }, (_, seed) => {
      const x = knownEffects(120, 100 + seed).x.drop(['plan']);
      return treatmentBalance(x, { ...call, classifier }).test.pValue;
    });
    const share = pValues.filter((p) => p < 0.1).length / pValues.length;
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.2);
  });
});

describe('a treatment that depends on a column', () => {
  const { x } = knownEffects(1500, 5, (usage) => 0.5 + 0.4 * usage);

  it('is rejected with a description', () => {
    expect(() => requireRandomTreatment(x, call)).toThrow(
      refused('invalid-data', 'column "call": expected a randomised treatment, but the mean of "usage" is'),
    );
    expect(() => requireRandomTreatment(x, call)).toThrow(
      refused(
        'invalid-data',
        'a classifier separates the treated rows by the other columns with a ROC AUC of 0.7',
      ),
    );
  });

  it('is described by its imbalances', () => {
    const balance = treatmentBalance(x, call);
    expect(imbalances(balance)).toEqual([
      expect.stringContaining('the mean of "usage" is'),
      expect.stringContaining('a classifier separates the treated rows'),
    ]);
    expect(imbalances(balance, { maxDifference: 2, maxAuc: 0.9 })).toEqual([]);
    expect(() => imbalances(balance, { maxAuc: 0.4 })).toThrow(refused('invalid-parameter', 'maxAuc'));
  });

  it('passes with higher limits', () => {
    const { overlap } = requireRandomTreatment(x, { ...call, maxDifference: 2, maxAuc: 0.9 });
    expect(overlap.treated[1]).toBeGreaterThan(0.8);
    expect(overlap.shareOutside).toBeGreaterThan(0);
  });

  it('is rejected for the balance of a level, or of missing values', () => {
    const even = knownEffects(600, 6).x;
    const called = even.category('call').codes;
    const none = even.category('call').levels.indexOf('none');
    const city = Array.from(called, (code, row) => (code === none || row % 3 === 0 ? 'Graz' : 'Linz'));
    expect(() => requireRandomTreatment(even.with({ city }), call)).toThrow(
      refused('invalid-data', 'in "city"'),
    );
    const score = Array.from(called, (code, row) => (code === none && row % 2 === 0 ? null : row % 7));
    expect(() => requireRandomTreatment(even.with({ score }), call)).toThrow(
      refused('invalid-data', 'a missing value in "score"'),
    );
  });
});

it('rejects arms that cannot be compared', () => {
  const { x } = knownEffects(60, 7);
  expect(() => treatmentBalance(x.select(['call']), call)).toThrow(
    refused('invalid-data', 'columns besides the treatment'),
  );
  expect(() => treatmentBalance(x, { ...call, cv: 50 })).toThrow(refused('invalid-data', 'one per fold'));
  expect(() => treatmentBalance(x, { ...call, control: 'no' })).toThrow(
    refused('invalid-parameter', 'control'),
  );
});
