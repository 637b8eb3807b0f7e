import { mean } from './mean.js';

describe('mean', () => {
  it('is the sum over the number of values', () => expect(mean([1, 2, 6])).toBe(3));
  it('of none is not a number', () => expect(mean(new Float64Array(0))).toBeNaN());
  it('does not gather rounding errors', () => expect(mean(new Float64Array(1000).fill(0.1))).toBe(0.1));
  it('is within the numbers of which the sum is beyond them', () => {
    expect(mean([1.5e308, 1.5e308, 1.2e308]) / 1.4e308).toBeCloseTo(1, 12);
    expect(mean([1.7e308, -1.7e308, -1.7e308])).toBeLessThan(0);
  });
});
