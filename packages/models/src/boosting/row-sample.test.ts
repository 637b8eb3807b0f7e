import { Table } from '@churn/core';
import { RowSample } from './row-sample';

/** A sample from tables of 100 rows, whose values are their row numbers. */
function drawn(size: number, nRows: number, seed: number, isChosen: (row: number) => boolean = () => true) {
  const sample = new RowSample(size, seed);
  for (let first = 0; first < nRows; first += 100) {
    const numbers = Int32Array.from({ length: 100 }, (_, i) => first + i);
    const chosen = Int32Array.from(numbers.keys()).filter((i) => isChosen(first + i));
    sample.add(Table.fromColumns({ number: numbers }), chosen, first);
  }
  return sample.drawn();
}

describe('RowSample', () => {
  it('contains all rows in order if they are few enough', () => {
    const all = drawn(500, 500, 1);
    expect(Array.from(all!.rows)).toEqual(Array.from({ length: 500 }, (_, row) => row));
    expect(drawn(500, 0, 1)).toBeUndefined();
  });

  it('samples the given number of rows in order, reproducibly by its seed', () => {
    const sample = drawn(50, 2000, 1);
    expect(sample?.rows).toHaveLength(50);
    expect(sample?.rows).toEqual(sample?.rows.slice().sort());
    expect(Array.from(sample!.x.numeric('number'))).toEqual(Array.from(sample!.rows));
    expect(drawn(50, 2000, 1)?.rows).toEqual(sample?.rows);
    expect(drawn(50, 2000, 2)?.rows).not.toEqual(sample?.rows);
  });

  it('samples each allowed row with equal probability', () => {
    const counts = new Int32Array(10);
    for (let seed = 0; seed < 200; seed++) {
      for (const row of drawn(50, 1000, seed, (row) => row % 2 === 0)!.rows) {
        expect(row % 2).toBe(0);
        counts[Math.floor(row / 100)]++;
      }
    }
    // About 1,000 each, with a standard deviation of 30.
    expect(Math.min(...counts)).toBeGreaterThan(860);
    expect(Math.max(...counts)).toBeLessThan(1140);
  });
});
