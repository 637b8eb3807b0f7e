import fc from 'fast-check';
import { logisticLoss, sigmoid } from './logistic-loss.js';

describe('sigmoid', () => {
  it('is 1 / (1 + exp(-z)), from 0 to 1 without overflow', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 15);
    expect(sigmoid(-1000)).toBe(0);
    expect(sigmoid(1000)).toBe(1);
    expect(sigmoid(-700)).toBeGreaterThan(0);
  });

  it('adds up to 1 with that of the opposite score', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (z) => {
        expect(sigmoid(z) + sigmoid(-z)).toBeCloseTo(1, 15);
      }),
    );
  });
});

describe('logisticLoss', () => {
  it('is minus the logarithm of the probability of the true classes', () => {
    const rows = fc.array(fc.tuple(fc.double({ min: -30, max: 30, noNaN: true }), fc.nat(1)));
    fc.assert(
      fc.property(rows, (drawn) => {
        const slow = drawn.reduce((sum, [z, y]) => sum - Math.log(sigmoid(y === 1 ? z : -z)), 0);
        const loss = logisticLoss(
          Float64Array.from(drawn, ([z]) => z),
          drawn.map(([, y]) => y),
        );
        expect(Math.abs(loss - slow)).toBeLessThanOrEqual(1e-12 * (1 + slow));
      }),
    );
  });

  it('neither overflows nor cancels', () => {
    expect(logisticLoss(Float64Array.of(1000, -1000), [0, 1])).toBe(2000);
    expect(logisticLoss(Float64Array.of(1000), [1])).toBe(0);
    expect(logisticLoss(Float64Array.of(50), [1])).toBeCloseTo(Math.exp(-50), 35);
  });
});
