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

it('names a column that is not there', () => {
  expect(() => selectedColumns(x, ['nowhere'])).toThrow('column "nowhere" is missing');
});

it.each([
  'Total_a',
  ['a', 'a'],
  { kind: 'text' },
  { kind: 'numeric', pattern: '*' },
  { pattern: 1 },
  { pattern: '*', more: 1 },
  {},
  null,
])('refuses %j', (selector) => {
  const columns = columnSelector();
  expect(() => readOptions({ columns }, { columns: selector })).toThrow('columns: expected');
});
