import { Random, Table } from '@churn/core';
import { tellApart } from './tell-apart.js';

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

it('cannot tell rows of one distribution apart', () => {
  const { rocAuc, rows } = tellApart(draw(1500, 1, 0.8), draw(1000, 2, 0.8));
  expect(rows).toEqual({ reference: 1500, current: 1000 });
  expect(rocAuc.lower).toBeLessThan(0.51);
  expect(rocAuc.upper).toBeGreaterThan(0.49);
});

it('tells apart what no column shows by itself, and by what', () => {
  const { rocAuc, importances } = tellApart(draw(1500, 1, 0.9), draw(1000, 2, -0.9));
  expect(rocAuc.lower).toBeGreaterThan(0.8);
  expect(
    importances
      .slice(0, 2)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['a', 'b']);
  expect(importances.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(1, 9);
});

it('sees no more rows than it is told, and the same ones under the same seed', () => {
  const [before, now] = [draw(400, 3, 0.5), draw(400, 4, 0.2)];
  const once = tellApart(before, now, { maxRows: 200, nEstimators: 5, seed: 7 });
  expect(once.rows).toEqual({ reference: 200, current: 200 });
  expect(tellApart(before, now, { maxRows: 200, nEstimators: 5, seed: 7 })).toEqual(once);
});

it('refuses tables that cannot be compared', () => {
  const rows = draw(20, 5, 0);
  expect(() => tellApart(rows, rows.drop(['a']))).toThrow('column "a" is missing');
  expect(() => tellApart(rows, rows.with({ plan: new Float64Array(20) }))).toThrow('plan');
  expect(() => tellApart(rows, rows.take([0, 1]))).toThrow('the 2 rows of class "current"');
});
