import { mean } from './mean.js';

describe('mean', () => {
  it('is the sum divided by the number of values', () => expect(mean([1, 2, 6])).toBe(3));
  it('of nothing is not a number', () => expect(mean(new Float64Array(0))).toBeNaN());
  it('does not accumulate rounding errors', () => expect(mean(new Float64Array(1000).fill(0.1))).toBe(0.1));
  it('is within the range of the numbers even if their sum overflows', () => {
    expect(mean([1.5e308, 1.5e308, 1.2e308]) / 1.4e308).toBeCloseTo(1, 12);
    expect(mean([1.7e308, -1.7e308, -1.7e308])).toBeLessThan(0);
  });
});
