import { Random } from '@churn/core';
import { LARGEST_AMOUNT, scaledTargets } from './scaled-targets.js';

const back = ({ whole, unit, centre }: ReturnType<typeof scaledTargets>) =>
  whole.map((amount) => (centre + amount) * unit);

describe('scaledAmounts', () => {
  it('counts units from the middle, as computed by hand', () => {
    const scaled = scaledTargets(Float64Array.of(1, 2, 5), 3, true);
    // The range 4 takes three bits and the weight 3 two of 62; 53 are kept.
    expect(scaled.unit).toBe(2 ** (3 - 53));
    expect(scaled.centre).toBe(3 / scaled.unit);
    expect(scaled.whole).toEqual(Float64Array.of(-2, -1, 2).map((value) => value / scaled.unit));
    expect(scaledTargets(Float64Array.of(1, 2, 5), 3, false).centre).toBe(0);
  });

  it.each<[string, number[], number]>([
    ['eighths', [0.125, 12.5, 999.875, -0.25], 4],
    ['integers of many rows', [0, 7, 123, 4000], 1e6],
    ['a constant', [0.1, 0.1], 2],
    ['zeros', [0, 0], 2],
    ['nearly equal targets far from 0', [1e9 + 0.25, 1e9 + 0.5], 1000],
    ['the largest targets', [-LARGEST_AMOUNT, LARGEST_AMOUNT], 4],
    ['the smallest targets', [5e-324, 1e-323], 5],
    ['very large weights', [1, 2], 1e12],
  ])('is exact for %s', (_, amounts, maxWeight) => {
    expect(back(scaledTargets(Float64Array.from(amounts), maxWeight, true))).toEqual(
      Float64Array.from(amounts),
    );
  });

  it('has sums below 2^62, and a resolution of a trillionth of the range with a million rows', () => {
    const random = new Random(3);
    const amounts = Float64Array.from({ length: 1000 }, () => 1e5 * random.normal());
    const range = Math.max(...amounts) - Math.min(...amounts);
    for (const isCentred of [true, false]) {
      const scaled = scaledTargets(amounts, 1e6, isCentred);
      expect(Math.max(...scaled.whole.map(Math.abs)) * 1e6).toBeLessThan(2 ** 62);
      expect(scaled.whole.every(Number.isInteger)).toBe(true);
      back(scaled).forEach((amount, row) => {
        expect(Math.abs(amount - amounts[row])).toBeLessThan(1e-12 * range);
      });
    }
  });
});
