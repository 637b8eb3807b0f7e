import { Table } from '@churn/core';
import { groupedColumn } from './grouped-column';

const table = Table.fromColumns({ region: [...new Array(60).fill('north'), 'south', 'east', null] });

it('tells the places of the rows of each group among those that were asked for, small groups together', () => {
  const rows = [62, 61, 60, 0, ...Array.from({ length: 59 }, (_, i) => i + 1)];
  const { groups } = groupedColumn({ table, file: 'data.csv', rows }, 'region', 'groups');
  expect(groups.map(({ group, rows }) => [group, rows.length, rows[0]])).toEqual([
    ['north', 60, 3],
    ['(all others)', 2, 1],
    ['(missing)', 1, 0],
  ]);
});

it('names the setting and the file where there is no such column', () => {
  const given = { table, file: 'data.csv', rows: [0] };
  expect(() => groupedColumn(given, 'regoin', 'groups')).toThrow(/^groups: data\.csv: .*regoin.*region/);
});
