import { learningRateFor } from './learning-rate.js';

describe('learningRateFor', () => {
  it('decreases with rounds and increases with rows, within bounds', () => {
    expect(learningRateFor(10_000, 300)).toBeCloseTo((0.2 * 10_000 ** 0.55) / 300, 12);
    expect(learningRateFor(10_000, 100)).toBeGreaterThan(learningRateFor(10_000, 200));
    expect(learningRateFor(20_000, 300)).toBeGreaterThan(learningRateFor(10_000, 300));
    expect(learningRateFor(1e9, 1)).toBe(0.3);
    expect(learningRateFor(2, 5000)).toBe(0.01);
  });

  it('needs no number of rounds if it is to be found', () => {
    expect(learningRateFor(100, null)).toBe(0.05);
    expect(learningRateFor(1e6, null)).toBe(0.1);
  });
});
