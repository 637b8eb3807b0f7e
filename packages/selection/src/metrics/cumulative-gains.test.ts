import fc from 'fast-check';
import { cumulativeGains } from './cumulative-gains.js';

describe('cumulativeGains', () => {
  it('agrees with values computed by hand, with ties together', () => {
    expect(cumulativeGains([1, 0, 1, 0], [0.9, 0.5, 0.5, 0.1])).toEqual({
      share: Float64Array.of(0, 0.25, 0.75, 1),
      gain: Float64Array.of(0, 0.5, 1, 1),
      thresholds: Float64Array.of(Infinity, 0.9, 0.5, 0.1),
    });
  });

  it('counts by weight', () => {
    const { share, gain } = cumulativeGains([1, 0, 1], [3, 2, 1], { sampleWeight: [1, 4, 3] });
    expect([...share]).toEqual([0, 1 / 8, 5 / 8, 1]);
    expect([...gain]).toEqual([0, 1 / 4, 1 / 4, 1]);
  });

  it('agrees with counting the rows at each threshold', () => {
    const scored = fc.array(fc.tuple(fc.nat(1), fc.nat(9)), { minLength: 2 });
    fc.assert(
      fc.property(scored, (rows) => {
        const [y, scores] = [rows.map(([label]) => label), rows.map(([, score]) => score)];
        fc.pre(new Set(y).size === 2);
        const { share, gain, thresholds } = cumulativeGains(y, scores);
        thresholds.forEach((threshold, i) => {
          const taken = rows.filter(([, score]) => score >= threshold);
          expect(share[i]).toBe(taken.length / rows.length);
          const positives = y.filter((label) => label === 1).length;
          expect(gain[i]).toBe(taken.filter(([label]) => label === 1).length / positives);
        });
      }),
    );
  });
});
