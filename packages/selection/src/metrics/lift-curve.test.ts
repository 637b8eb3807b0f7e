import { liftCurve } from './lift-curve.js';

describe('liftCurve', () => {
  it('agrees with a value computed by hand: the best quarter has twice the share of positive rows', () => {
    expect(liftCurve([1, 0, 1, 0], [0.9, 0.5, 0.5, 0.1])).toEqual({
      share: Float64Array.of(0.25, 0.75, 1),
      lift: Float64Array.of(2, 1 / 0.75, 1),
      thresholds: Float64Array.of(0.9, 0.5, 0.1),
    });
  });

  it('ends at 1, and is 1 throughout for constant scores', () => {
    const { share, lift } = liftCurve([1, 0, 1, 0, 0], [0.2, 0.4, 0.6, 0.8, 0.1], {
      sampleWeight: [1, 2, 3, 4, 5],
    });
    expect([share[4], lift[4]]).toEqual([1, 1]);
    expect([...liftCurve([1, 0, 1], [2, 2, 2]).lift]).toEqual([1]);
  });
});
