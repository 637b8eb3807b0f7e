import { learningRateFor } from './learning-rate.js';

describe('learningRateFor', () => {
  it('falls with the rounds and rises with the rows, within bounds', () => {
    expect(learningRateFor(10_000, 300)).toBeCloseTo((0.2 * 10_000 ** 0.55) / 300, 12);
    expect(learningRateFor(10_000, 100)).toBeGreaterThan(learningRateFor(10_000, 200));
    expect(learningRateFor(20_000, 300)).toBeGreaterThan(learningRateFor(10_000, 300));
    expect(learningRateFor(1e9, 1)).toBe(0.3);
    expect(learningRateFor(2, 5000)).toBe(0.01);
  });

  it('needs no rounds where they are to be found', () => {
    expect(learningRateFor(100, null)).toBe(0.05);
    expect(learningRateFor(1e6, null)).toBe(0.1);
  });
});
