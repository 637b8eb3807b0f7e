import { Table } from '@churn/core';
import { profile } from './profile.js';

const rows = Array.from({ length: 200 }, (_, i) => i);
const codesOf = (columns: Parameters<typeof Table.fromColumns>[0], target?: number[]) =>
  profile(Table.fromColumns(columns), { target }).warnings.map((each) => [each.code, ...each.columns]);

it('lists warnings by column', () => {
  const told = codesOf({
    id: Float64Array.from(rows),
    twin: Float64Array.from(rows, (i) => (i % 50) + 0.5),
    other: Float64Array.from(rows, (i) => 2 * (i % 50)),
    gaps: Float64Array.from(rows, (i) => (i % 4 === 0 ? NaN : i % 3)),
    endless: Float64Array.from(rows, (i) => (i === 0 ? Infinity : i % 5)),
    skewed: Float64Array.from(rows, (i) => (i % 100 === 0 ? 1e6 : i % 2)),
    rare: rows.map((i) => (i === 5 ? '__proto__' : i % 2 === 0 ? 'a' : 'b')),
    empty: Float64Array.from(rows, () => NaN),
  });
  for (const warning of [
    ['id-like', 'id'],
    ['highly-correlated', 'twin', 'other'],
    ['many-missing', 'gaps'],
    ['infinite', 'endless'],
    ['high-skew', 'skewed'],
    ['rare-levels', 'rare'],
    ['constant', 'empty'],
    ['many-missing', 'empty'],
  ]) {
    expect(told).toContainEqual(warning);
  }
  expect(told.filter(([code]) => code === 'highly-correlated')).toHaveLength(1);
  expect(told.filter(([code]) => code === 'duplicate-rows')).toEqual([]);
});

it('warns of levels that differ only in case or spaces', () => {
  const plans = ['Plus', 'plus ', 'basic', 'PLUS'];
  const { warnings } = profile(Table.fromColumns({ plan: rows.map((i) => plans[i % 4]) }));
  expect(warnings).toContainEqual({
    code: 'similar-levels',
    columns: ['plan'],
    value: 3,
    message: '"plan": "PLUS", "Plus" and "plus " differ only in case or spaces',
  });
});

it('warns of duplicate rows and a small class', () => {
  const target = rows.map((i) => (i % 10 === 0 ? 1 : 0));
  const told = codesOf({ a: Float64Array.from(rows, (i) => i % 7) }, target);
  expect(told).toEqual([['imbalance'], ['duplicate-rows']]);
});

it('returns no warnings for an unremarkable table', () => {
  expect(codesOf({ a: Float64Array.from(rows, (i) => i / 200) })).toEqual([]);
});

it('returns no warnings for a table without rows', () => {
  const { rows: n, warnings, columns } = profile(Table.fromColumns({ a: new Float64Array(0), b: [] }));
  expect([n, warnings, columns.map(({ distinct }) => distinct)]).toEqual([0, [], [0, 0]]);
});
