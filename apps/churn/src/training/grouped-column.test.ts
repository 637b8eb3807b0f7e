import { categoryColumn } from '@churn/core';
import { groupsOf } from './grouped-column';

it('groups rows by a column, with rare categories pooled', () => {
  const column = categoryColumn([...new Array(60).fill('north'), 'south', 'east', null]);
  expect(groupsOf(column).map(({ group, rows }) => [group, rows.length])).toEqual([
    ['north', 60],
    ['(all others)', 2],
    ['(missing)', 1],
  ]);
});
