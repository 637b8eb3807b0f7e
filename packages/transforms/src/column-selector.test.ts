import { readOptions, Table } from '@churn/core';
import { type ColumnSelector, columnSelector, selectedColumns } from './column-selector';

const x = Table.fromColumns({ Total_a: [1], kind: ['p'], Total_b: [2] });

it.each<[ColumnSelector, string[]]>([
  [
    ['Total_b', 'kind'],
    ['Total_b', 'kind'],
  ],
  [{ kind: 'numeric' }, ['Total_a', 'Total_b']],
  [{ kind: 'category' }, ['kind']],
  [{ pattern: 'Total_*' }, ['Total_a', 'Total_b']],
  [{ pattern: 'none*' }, []],
  [[], []],
])('resolves %j', (selector, names) => {
  expect(selectedColumns(x, selector)).toEqual(names);
});

it('counts the levels with rows', () => {
  const levels = Table.fromColumns({
    two: ['p', 'q', 'p'],
    three: ['p', 'q', 'r'],
    gaps: ['p', null, null],
    none: [null, null, null],
    number: [1, 2, 3],
  }).take([0, 1, 1]);
  const named = (bounds: object) => selectedColumns(levels, { kind: 'category', ...bounds });
  const category = levels.namesOf('category');
  expect(named({})).toEqual(category);
  expect(named({ maxLevels: 2 })).toEqual(category);
  expect(named({ minLevels: 2 })).toEqual(['two', 'three']);
  expect(named({ minLevels: 1, maxLevels: 1 })).toEqual(['gaps']);
  expect(named({ minLevels: 3 })).toEqual([]);
});

it('names a missing column', () => {
  expect(() => selectedColumns(x, ['nowhere'])).toThrow('column "nowhere" is missing');
});

it.each([
  'Total_a',
  ['a', 'a'],
  { kind: 'text' },
  { kind: 'numeric', pattern: '*' },
  { pattern: 1 },
  { pattern: '*', more: 1 },
  { pattern: '*', maxLevels: 1 },
  { kind: 'numeric', maxLevels: 1 },
  { kind: 'category', minLevels: -1 },
  { kind: 'category', maxLevels: 1.5 },
  {},
  null,
])('rejects %j', (selector) => {
  const columns = columnSelector();
  expect(() => readOptions({ columns }, { columns: selector })).toThrow('columns: expected');
});
