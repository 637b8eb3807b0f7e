import { Random, Table } from '@churn/core';
import { classifierTwoSampleTest } from './classifier-two-sample-test.js';

function draw(rows: number, seed: number, correlation: number): Table {
  const random = new Random(seed);
  const a = Float64Array.from({ length: rows }, () => random.normal());
  return Table.fromColumns({
    a,
    b: a.map((value) => correlation * value + Math.sqrt(1 - correlation ** 2) * random.normal()),
    c: Float64Array.from({ length: rows }, () => (random.uniform() < 0.1 ? NaN : random.normal())),
    plan: Array.from({ length: rows }, () => [null, 'x', 'y'][random.int(3)]),
  });
}

it('cannot separate rows of the same distribution', () => {
  const { rocAuc, rows } = classifierTwoSampleTest(draw(1500, 1, 0.8), draw(1000, 2, 0.8));
  expect(rows).toEqual({ reference: 1500, current: 1000 });
  expect(rocAuc.lower).toBeLessThan(0.51);
  expect(rocAuc.upper).toBeGreaterThan(0.49);
});

it('detects a change that no single column shows, and its columns', () => {
  const { rocAuc, importances } = classifierTwoSampleTest(draw(1500, 1, 0.9), draw(1000, 2, -0.9));
  expect(rocAuc.lower).toBeGreaterThan(0.8);
  expect(
    importances
      .slice(0, 2)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['a', 'b']);
  expect(importances.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(1, 9);
});

it('uses at most maxRows rows, the same ones for the same seed', () => {
  const [before, now] = [draw(400, 3, 0.5), draw(400, 4, 0.2)];
  const once = classifierTwoSampleTest(before, now, { maxRows: 200, nEstimators: 5, seed: 7 });
  expect(once.rows).toEqual({ reference: 200, current: 200 });
  expect(classifierTwoSampleTest(before, now, { maxRows: 200, nEstimators: 5, seed: 7 })).toEqual(once);
});

it('rejects tables that cannot be compared', () => {
  const rows = draw(20, 5, 0);
  expect(() => classifierTwoSampleTest(rows, rows.drop(['a']))).toThrow('column "a" is missing');
  expect(() => classifierTwoSampleTest(rows, rows.with({ plan: new Float64Array(20) }))).toThrow('plan');
  expect(() => classifierTwoSampleTest(rows, rows.take([0, 1]))).toThrow('the 2 rows of class "current"');
});
