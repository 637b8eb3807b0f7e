import { Random, Table } from '@churn/core';
import { categoryFolds, copyNumbers, firstCopies } from './category-folds.js';

const foldsOf = (x: Table, seed = 0) => categoryFolds(copyNumbers(x, rows(x.nRows)), seed);
const rows = (n: number) => Int32Array.from({ length: n }, (_, row) => row);

describe('categoryFolds', () => {
  const random = new Random('folds');
  const numbers = Array.from({ length: 100 }, () => random.normal());
  const level = numbers.map((_, row) => `level ${row % 7}`);
  const x = Table.fromColumns({ a: [0, ...numbers.slice(1)], level });

  it('deals rows evenly, differently for each seed', () => {
    const folds = foldsOf(x);
    expect([0, 1, 2, 3, 4].map((fold) => folds.filter((each) => each === fold).length)).toEqual(
      Array(5).fill(20),
    );
    expect(foldsOf(x)).toEqual(folds);
    expect(foldsOf(x, 1)).not.toEqual(folds);
  });

  it('keeps copies together', () => {
    const folds = foldsOf(x.concat(x, x.with({ a: [-0, ...numbers.slice(1)] })));
    expect(folds.slice(100, 200)).toEqual(folds.slice(0, 100));
    expect(folds.slice(200)).toEqual(folds.slice(0, 100));
    expect(new Set(folds).size).toBe(5);
    expect(firstCopies(copyNumbers(x.concat(x), Int32Array.of(7, 107, 3, 3, 107, 8)))).toEqual(
      Int32Array.of(0, 2, 5),
    );
  });

  it('distinguishes rows by each column', () => {
    const same = numbers.map(() => 1);
    const other = Table.fromColumns({
      same,
      a: numbers.map((_, row) => row % 50),
      b: level.map((_, row) => `${row < 50}`),
    });
    expect(new Set(foldsOf(other).map((fold, row) => fold * 100 + row)).size).toBe(100);
    const folds = foldsOf(other);
    expect(folds.slice(0, 50)).not.toEqual(folds.slice(50));
  });

  it('separates rows that are equal because columns have few levels', () => {
    const few = Table.fromColumns({ level });
    const folds = foldsOf(few);
    expect(new Set(folds.filter((_, row) => row % 7 === 0)).size).toBeGreaterThan(1);
    const codes = Table.fromColumns({ level, a: level.map(() => 1) });
    expect(new Set(foldsOf(codes).filter((_, row) => row % 7 === 0)).size).toBeGreaterThan(1);
  });
});
