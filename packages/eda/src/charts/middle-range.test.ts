import fc from 'fast-check';
import { distinctValues } from '../profile/distinct-values.js';
import { finiteValues } from '../profile/finite-values.js';
import { middleRange } from './middle-range.js';

const counted = (values: number[]) => finiteValues(distinctValues(Float64Array.from(values)));
const ofRange = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('middleRange', () => {
  it('keeps all ordinary values', () => {
    for (const values of [[1], [1, 2], [1, 2, 2, 3, 3, 3, 4, 9], ofRange(1000)]) {
      const all = counted(values);
      expect(middleRange(all)).toEqual({ middle: all, below: 0, above: 0 });
    }
  });

  it('leaves out outliers on either side', () => {
    const { middle, below, above } = middleRange(counted([...ofRange(100), 1e9, -1e7, 1e6]));
    expect([below, above]).toEqual([1, 2]);
    expect(middle.n).toBe(100);
    expect([middle.values[0], middle.values[99]]).toEqual([0, 99]);
    expect(middleRange(counted([1, 2, 3, 4, 1000]))).toMatchObject({ below: 0, above: 1 });
    expect(middleRange(counted([...ofRange(100), -1.7e308, 1.7e308]))).toMatchObject({ below: 1, above: 1 });
  });

  it('leaves out at most 2 % of many rows and one per side of few, but never keeps only one value', () => {
    expect(middleRange(counted([...new Array(300).fill(0), 5, 1e6])).middle.n).toBe(302);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (values) => {
        const all = counted(values);
        const { middle, below, above } = middleRange(all);
        expect(middle.n + below + above).toBe(all.n);
        expect(Math.max(below, above)).toBeLessThanOrEqual(Math.max(1, Math.ceil(0.01 * all.n)));
        if (below + above > 0) expect(middle.values.length).toBeGreaterThan(1);
      }),
    );
  });
});
