import { equalCountBins } from './equal-count-bins.js';

const lists = (bins: readonly Uint32Array[]) => bins.map((bin) => [...bin]);

describe('equalCountBins', () => {
  it('divides rows by the order of their values', () => {
    expect(lists(equalCountBins([5, 1, 4, 2, 3, 0], 3, 1))).toEqual([
      [5, 1],
      [3, 4],
      [2, 0],
    ]);
  });

  it('keeps equal values together, and has no empty bins', () => {
    expect(lists(equalCountBins([1, 1, 1, 1, 2], 4, 1))).toEqual([[0, 1, 2, 3], [4]]);
    expect(lists(equalCountBins([7, 7, 7], 3, 1))).toEqual([[0, 1, 2]]);
  });

  it('uses fewer bins for few rows', () => {
    expect(equalCountBins([1, 2, 3, 4, 5], 10, 2).map(({ length }) => length)).toEqual([3, 2]);
    expect(lists(equalCountBins([2, 1], 10, 20))).toEqual([[1, 0]]);
  });
});
