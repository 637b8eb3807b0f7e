import { Labels } from './labels';
import { Table } from './table';

const table = Table.fromColumns({ a: [1, 2, 3], b: ['u', null, 'w'] });
const labels = Labels.from(['n', 'y', 'n']);
const refused = (message: string) => expect.objectContaining({ code: 'invalid-parameter', message });

describe('invalid row numbers', () => {
  it.each<[unknown[], string]>([
    [[-1], 'rows: expected integers from 0 to 2, got -1 at index 0'],
    [[0, 99], 'rows: expected integers from 0 to 2, got 99 at index 1'],
    [[1.5], 'rows: expected integers from 0 to 2, got 1.5 at index 0'],
    [[NaN], 'rows: expected integers from 0 to 2, got NaN at index 0'],
    [['0'], 'rows: expected integers from 0 to 2, got 0 at index 0'],
    [[true, false, true], 'rows: expected integers from 0 to 2, got true at index 0; use filter for a mask'],
  ])('%p are rejected by tables and labels', (rows, message) => {
    expect(() => table.take(rows as number[])).toThrow(refused(message));
    expect(() => labels.take(rows as number[])).toThrow(refused(message));
    if (rows.length === 1) expect(() => table.row(rows[0] as number)).toThrow(refused(message));
  });

  it('are all row numbers of an empty table', () => {
    expect(() => table.take([]).take([0])).toThrow('rows: expected none, as there are no rows, got 0');
  });
});

describe('filter', () => {
  it('accepts a mask or a function', () => {
    expect(table.filter([true, false, true]).toRows()).toEqual([table.row(0), table.row(2)]);
    expect(table.filter(({ b }, index) => b === null || index === 2).numeric('a')).toEqual(
      Float64Array.of(2, 3),
    );
  });

  it('rejects a mask of another length, and row numbers', () => {
    expect(() => table.filter([true])).toThrow(
      refused('filter: expected one boolean for each of 3 rows, got 1'),
    );
    expect(() => table.filter([0, 1, 2] as unknown as boolean[])).toThrow(
      refused('filter: expected booleans, got 0 at place 0; use take for row numbers'),
    );
  });
});
