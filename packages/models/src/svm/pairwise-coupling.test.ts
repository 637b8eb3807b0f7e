import fc from 'fast-check';
import { pairwiseCoupling } from './pairwise-coupling.js';

describe('pairwiseCoupling', () => {
  it('recovers the probabilities that the pairs are computed from', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }),
        (sizes) => {
          const sum = sizes.reduce((a, b) => a + b);
          const p = sizes.map((size) => size / sum);
          const pairs = p.map((pi, i) => p.map((pj, j) => (i === j ? 0 : pi / (pi + pj))));
          pairwiseCoupling(pairs).forEach((received, i) => {
            expect(received).toBeCloseTo(p[i], 5);
          });
        },
      ),
    );
  });

  it('adds up to 1 if the pairs contradict each other', () => {
    const p = pairwiseCoupling([
      [0, 0.9, 0.1],
      [0.1, 0, 0.9],
      [0.9, 0.1, 0],
    ]);
    expect(p.map((value) => value.toFixed(6))).toEqual(['0.333333', '0.333333', '0.333333']);
  });
});
