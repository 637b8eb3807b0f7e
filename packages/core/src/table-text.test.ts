import { inspect } from 'node:util';
import { Table } from './table';

const table = Table.fromRows([
  { age: 45, 'plan <b>': 'basic' },
  { age: null, 'plan <b>': 'plus\u001b[31m' },
  { age: 1234567.891, 'plan <b>': 'a name that is far too long for a cell' },
]);
const text = `Table: 3 rows, 2 columns
    age  plan <b>
     45  basic
      ·  plus\\u001b[31m
1234570  a name that is far too …`;
const shown = (of: Table, how: string) => (of as unknown as Record<symbol, () => unknown>)[Symbol.for(how)]();

it('shows a table as text when converted, logged in Node, and logged in Deno', () => {
  expect(String(table)).toBe(text);
  expect(inspect(table)).toBe(text);
  expect(shown(table, 'Deno.customInspect')).toBe(text);
});

it('shows a table as HTML in notebooks, with names and values escaped', () => {
  expect(shown(table.take([0]), 'Jupyter.display')).toEqual({
    'text/plain': String(table.take([0])),
    'text/html':
      '<table><caption>Table: 1 row, 2 columns</caption><thead><tr><th>age</th><th>plan &lt;b&gt;</th></tr></thead>' +
      '<tbody><tr><td>45</td><td>basic</td></tr></tbody></table>',
  });
});

it('truncates a large table, and says so', () => {
  const large = Table.fromMatrix(Array.from({ length: 12 }, () => Array.from({ length: 14 }, () => 1)));
  const lines = String(large).split('\n');
  expect(lines).toHaveLength(13);
  expect(lines[0]).toBe('Table: 12 rows, 14 columns');
  expect(lines[1]).toMatch(/ x11 {2}…$/);
  expect(lines[12]).toBe('… and 2 more rows');
  expect(String(Table.fromRows([]))).toBe('Table: 0 rows, 0 columns\n');
});
