import { Table } from '@churn/core';
import { groupColumn } from './group-column';

function groupsOf(values: readonly (number | string | null)[], rows = [...values.keys()]) {
  const column = Table.fromColumns({ a: values as never }).column('a');
  return groupColumn('a', column, rows).groups.map(({ value, rows }) => [value, ...rows]);
}

describe('groupColumn', () => {
  it('groups by categories, as places among the rows that were asked for', () => {
    const many = Array.from({ length: 150 }, (_, i) => (i % 3 === 0 ? 'x10' : i % 3 === 1 ? 'x9' : null));
    const [first, second, missing] = groupsOf(many);
    expect([first[0], second[0], missing[0]]).toEqual(['x9', 'x10', '(missing)']);
    expect([first, second, missing].map((group) => group.length)).toEqual([51, 51, 51]);
    expect(second.slice(1, 4)).toEqual([0, 3, 6]);
    expect(groupsOf(['b', 'a', null, 'b', '__proto__'], [4, 2, 4])).toEqual([
      ['__proto__', 0, 2],
      ['(missing)', 1],
    ]);
  });

  it('has categories of few rows together, and no more than fifty others', () => {
    const few = [...new Array(50).fill('often'), 'a', 'b', 'c', null];
    expect(groupsOf(few).map(([value, ...rows]) => [value, rows.length])).toEqual([
      ['often', 50],
      ['(all others)', 3],
      ['(missing)', 1],
    ]);
    const often = Array.from({ length: 60 * 50 }, (_, i) => `level ${i % 60}`);
    const groups = groupsOf(often);
    expect(groups).toHaveLength(51);
    expect(groups.at(-1)?.[0]).toBe('(all others)');
    expect(groups.at(-1)?.slice(1)).toHaveLength(10 * 50);
    expect(new Set(groups.flatMap(([, ...rows]) => rows)).size).toBe(often.length);
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
