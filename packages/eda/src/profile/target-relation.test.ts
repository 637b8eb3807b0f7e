import { Table } from '@churn/core';
import { distinctValues } from './distinct-values.js';
import { profile } from './profile.js';
import { categoryRelation, numericRelation } from './target-relation.js';

const binsOf = (bins: ReturnType<typeof numericRelation>['bins']) =>
  bins.map(({ kind, level, from, to, rows, positives }) => [kind, level, from, to, rows, positives]);

it('treats few values as one range each, missing ones apart and infinite ends as null', () => {
  const column = distinctValues(Float64Array.of(1, 1, 2, NaN, Infinity, 2));
  const { auc, bins } = numericRelation('x', column, Uint8Array.of(0, 1, 1, 1, 0, 1));
  expect(binsOf(bins)).toEqual([
    ['range', '', 1, 1, 2, 1],
    ['range', '', 2, 2, 2, 2],
    ['range', '', null, null, 1, 0],
    ['missing', '', null, null, 1, 1],
  ]);
  // Positives 1, 2, 2 against negatives 1, Infinity: 0.5 + 1 + 1 of 6.
  expect(auc).toBeCloseTo(2.5 / 6, 14);
});

it('splits many values at the deciles', () => {
  const column = distinctValues(Float64Array.from({ length: 101 }, (_, i) => i));
  const { bins } = numericRelation('x', column, new Uint8Array(101).fill(1, 91));
  expect(bins.map(({ from, to }) => [from, to])).toEqual([
    [0, 10],
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => [10 * i + 1, 10 * i + 10]),
  ]);
  expect(bins.map(({ rate }) => rate)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

it('has no ranges for a column without numbers', () => {
  const { auc, bins } = numericRelation('x', distinctValues(Float64Array.of(NaN, NaN)), Uint8Array.of(0, 1));
  expect([auc, binsOf(bins)]).toEqual([null, [['missing', '', null, null, 2, 1]]]);
});

it('pools the levels that are not listed, with missing rows apart', () => {
  const codes = Int32Array.from({ length: 100 }, (_, i) => (i < 10 ? -1 : i < 60 ? 0 : i < 90 ? 1 : 2));
  const isPositive = Uint8Array.from(codes, (code) => (code === 0 ? 0 : 1));
  const column = { codes, levels: ['__proto__', 'b', 'c', 'unused'] };
  const relation = categoryRelation('x', column, Int32Array.of(50, 30, 10, 0), isPositive, 1);
  expect(binsOf(relation.bins)).toEqual([
    ['level', '__proto__', null, null, 50, 0],
    ['other', '', null, null, 40, 40],
    ['missing', '', null, null, 10, 10],
  ]);
  expect(relation.auc).toBe(1);
  expect(relation.mutualInformation).toBeCloseTo(Math.log(2), 14);
});

it('uses the sampled rows', () => {
  const y = Array.from({ length: 4000 }, (_, i) => i % 4 === 0);
  const table = Table.fromColumns({ a: Float64Array.from(y, (label) => (label ? 1 : 0)) });
  const { target } = profile(table, { target: y.map(Number), sampleRows: 500 });
  expect(target?.relations[0].auc).toBe(1);
  expect(target?.relations[0].bins.map(({ rows }) => rows)).toEqual([
    500 - (target?.positives as number),
    target?.positives,
  ]);
});
