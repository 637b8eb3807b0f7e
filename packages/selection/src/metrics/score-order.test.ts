import fc from 'fast-check';
import { scoreOrder } from './score-order.js';

/** The stable order by comparison. */
const slowOrder = (scores: Float64Array) =>
  [...scores.keys()].sort((a, b) => (scores[a] === scores[b] ? a - b : scores[a] < scores[b] ? -1 : 1));

/** So many numbers that they are sorted by their digits: `values` again and again. */
const many = (values: readonly number[]) =>
  Float64Array.from({ length: 600 }, (_, i) => values[i % values.length]);

describe('scoreOrder', () => {
  it('sorts any numbers, few and many', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        const few = Float64Array.from(values);
        expect([...scoreOrder(few)]).toEqual(slowOrder(few));
        expect([...scoreOrder(many(values))]).toEqual(slowOrder(many(values)));
      }),
    );
  });

  it('sorts 1000 distinct numbers', () => {
    const unlike = fc.array(fc.double({ noNaN: true }), { minLength: 1000, maxLength: 1000 });
    fc.assert(
      fc.property(unlike, (values) => {
        const scores = Float64Array.from(values);
        expect([...scoreOrder(scores)]).toEqual(slowOrder(scores));
      }),
      { numRuns: 10 },
    );
  });

  it('treats -0 and 0 as equal, and infinities as the ends', () => {
    const scores = many([0, -0, Infinity, -Infinity, 5e-324, -5e-324, 1, -1]);
    expect([...scoreOrder(scores)]).toEqual(slowOrder(scores));
    expect([...scoreOrder(Float64Array.of(0, -0, Infinity, Infinity, -Infinity))]).toEqual([4, 0, 1, 2, 3]);
  });

  it('keeps the order of ties, and is empty for no rows', () => {
    expect([...scoreOrder(many([0.5]))]).toEqual([...Array(600).keys()]);
    expect(scoreOrder(new Float64Array())).toHaveLength(0);
  });

  it.each([2, 5, 40, 700])('distinguishes numbers, %i of which share their upper bits', (alike) => {
    const scores = Float64Array.from({ length: 1400 }, (_, i) => {
      const scattered = (i * 611) % 1400;
      return 1 + Math.floor(scattered / alike) / 1024 + (scattered % alike) * Number.EPSILON;
    });
    expect(new Set(scores).size).toBe(1400);
    expect([...scoreOrder(scores)]).toEqual(slowOrder(scores));
    expect([...scoreOrder(scores.map((score) => -score))]).toEqual(slowOrder(scores.map((score) => -score)));
  });

  it('leaves the scores unchanged', () => {
    const scores = many([0.5, -0, 3, -2]);
    const before = scores.slice();
    scoreOrder(scores);
    expect(scores).toEqual(before);
  });
});
