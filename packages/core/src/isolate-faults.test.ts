import fc from 'fast-check';
import { ChurnError } from './error';
import { isolateFaults } from './isolate-faults';
import { checkedValues } from './row-fault';
import { Table } from './table';

const tableOf = (values: number[]) => Table.fromColumns({ v: Float64Array.from(values) });

/** Tells the rows below 0 at once, or merely that there are some. */
const telling = (part: Table) =>
  checkedValues(
    'v',
    part.numeric('v'),
    (v) => v >= 0,
    (v) => `got ${v}`,
  ).map((v) => 2 * v);
const silent = (part: Table) => {
  const values = part.numeric('v');
  if (values.some((v) => v < 0)) throw new ChurnError('invalid-data', 'a value is below 0');
  return values.map((v) => 2 * v);
};

describe('isolateFaults', () => {
  it.each([
    ['faults reported by the error', telling],
    ['faults that require a search', silent],
  ])('leaves out only faulty rows: %s', (_, work) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 40 }), (values) => {
        const { rows, result, faults } = isolateFaults(tableOf(values), work);
        const good = [...values.keys()].filter((row) => values[row] >= 0);
        expect([...rows]).toEqual(good);
        expect([...result]).toEqual(good.map((row) => 2 * values[row]));
        expect(faults.map(({ row }) => row)).toEqual([...values.keys()].filter((row) => values[row] < 0));
      }),
    );
  });

  it('finds faults that appear only after others are removed', () => {
    const work = (part: Table) => {
      const values = part.numeric('v');
      const worst = Math.min(...values);
      return checkedValues('v', values, (v) => v >= 0 || v > worst, String);
    };
    const { rows, faults } = isolateFaults(tableOf([-1, 5, -2, -2]), work);
    expect([...rows]).toEqual([1]);
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [0, 'v'],
      [2, 'v'],
      [3, 'v'],
    ]);
  });

  it.each([
    new ChurnError('column-name', 'there is no column "a"'),
    new TypeError('a fault of the program'),
    new ChurnError('invalid-data', 'two rows never fit'),
  ])('rethrows %p, which is not about rows', (error) => {
    const work = (part: Table) => {
      if (error.message !== 'two rows never fit' || part.nRows === 2) throw error;
    };
    expect(() => isolateFaults(tableOf([1, 2]), work)).toThrow(error);
  });
});
