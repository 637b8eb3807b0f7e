import { Table } from '@churn/core';
import { groupColumn } from './group-column';

function groupsOf(values: readonly (number | string | null)[], rows = [...values.keys()]) {
  const column = Table.fromColumns({ a: values as never }).column('a');
  return groupColumn('a', column, rows).groups.map(({ value, rows }) => [value, ...rows]);
}

describe('groupColumn', () => {
  it('groups by categories, as places among the rows that were asked for', () => {
    expect(groupsOf(['b', 'a', null, 'b', 'c'])).toEqual([
      ['(missing)', 2],
      ['a', 1],
      ['b', 0, 3],
      ['c', 4],
    ]);
    expect(groupsOf(['b', 'a', null, 'b', 'c'], [4, 3, 0])).toEqual([
      ['b', 1, 2],
      ['c', 0],
    ]);
    expect(groupsOf(['10', '9', '__proto__'].map((x) => `x${x}`))).toEqual([
      ['x__proto__', 2],
      ['x9', 1],
      ['x10', 0],
    ]);
  });

  it('groups by numbers where there are few, and else by quarters of them', () => {
    expect(groupsOf([2, 1, null, 2])).toEqual([
      ['1', 1],
      ['2', 0, 3],
      ['(missing)', 2],
    ]);
    const many = Array.from({ length: 12 }, (_, i) => i + 1);
    expect(groupsOf([...many, null])).toEqual([
      ['up to 3', 0, 1, 2],
      ['above 3 to 6', 3, 4, 5],
      ['above 6 to 9', 6, 7, 8],
      ['above 9', 9, 10, 11],
      ['(missing)', 12],
    ]);
    const skewed = [...new Array(40).fill(0), ...many];
    expect(groupsOf(skewed).map(([name, ...rows]) => [name, rows.length])).toEqual([
      ['up to 0', 40],
      ['above 0', 12],
    ]);
  });
});
