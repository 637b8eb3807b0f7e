import fc from 'fast-check';
import { categoryColumn } from './column';
import { Table } from './table';

describe('appends rows, whatever the order of columns and levels', () => {
  it('appends rows, whatever the order of columns and levels', () => {
    const first = Table.fromRows([
      { a: 1, b: 'u' },
      { a: null, b: 'v' },
    ]);
    const second = Table.fromRows([
      { b: 'w', a: 3 },
      { b: 'u', a: 4 },
      { b: null, a: 5 },
    ]);
    expect(first.concat(second).toRows()).toEqual([
      ...first.toRows(),
      { a: 3, b: 'w' },
      { a: 4, b: 'u' },
      { a: 5, b: null },
    ]);
    expect(first.concat().toRows()).toEqual(first.toRows());
  });

  it('reverses any division of a table', () => {
    const rows = fc.array(fc.record({ n: fc.option(fc.double({ noNaN: true })), c: fc.option(fc.string()) }));
    fc.assert(
      fc.property(rows, fc.nat(), (all, cut) => {
        const table = Table.fromRows(
          all,
          new Map([
            ['n', 'numeric'],
            ['c', 'category'],
          ]),
        );
        const places = [...all.keys()];
        const at = cut % (all.length + 1);
        const whole = table.take(places.slice(0, at)).concat(table.take(places.slice(at)));
        expect(whole.toRows()).toEqual(table.toRows());
      }),
    );
  });

  it('accepts a column without values as either kind', () => {
    const empty = Table.fromColumns({ a: categoryColumn([null]) });
    expect(empty.concat(Table.fromColumns({ a: [7] })).numeric('a')).toEqual(Float64Array.of(NaN, 7));
  });

  it('names a column that is missing from one table, or differs in kind', () => {
    const table = Table.fromColumns({ a: [1] });
    const message = 'concat: expected the same columns in all tables, but column';
    expect(() => table.concat(table, Table.fromColumns({}, 1))).toThrow(`${message} "a" is not in table 2`);
    expect(() => table.concat(table.with({ b: [1] }))).toThrow(`${message} "b" is only in table 1`);
    expect(() => table.concat(Table.fromColumns({ a: ['u'] }))).toThrow(
      'column "a": expected numbers, got categories',
    );
  });
});
