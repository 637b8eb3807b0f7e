import { categoryColumn, Table } from '@churn/core';
import { groupColumns, groupsOf } from './grouped-column';

it('groups rows by a column, small categories together', () => {
  const column = categoryColumn([...new Array(60).fill('north'), 'south', 'east', null]);
  expect(groupsOf(column).map(({ group, rows }) => [group, rows.length])).toEqual([
    ['north', 60],
    ['(all others)', 2],
    ['(missing)', 1],
  ]);
});

it('names the setting and the file where there is no such column', () => {
  const table = Table.fromColumns({ region: ['north'], age: [30] });
  const where = { setting: 'groups', file: 'data.csv' };
  expect(groupColumns(table, ['age'], where).names).toEqual(['age']);
  expect(groupColumns(table, [], where)).toMatchObject({ names: [], nRows: 1 });
  expect(() => groupColumns(table, ['regoin'], where)).toThrow(/^groups: data\.csv: .*regoin.*region/);
});
