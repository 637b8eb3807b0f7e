import { likeliest } from './classifier.js';

describe('likeliest', () => {
  it('returns the class of the highest probability in each row', () => {
    const probabilities = [
      Float64Array.of(0.5, 0.2, 0.1),
      Float64Array.of(0.3, 0.7, 0.3),
      Float64Array.of(0.2, 0.1, 0.6),
    ];
    expect(likeliest(['a', 'b', 'c'], probabilities)).toEqual(['a', 'b', 'c']);
  });

  it('returns the first of equally likely classes', () => {
    expect(likeliest([false, true], [Float64Array.of(0.5), Float64Array.of(0.5)])).toEqual([false]);
  });

  it('returns nothing for no rows', () => {
    expect(likeliest([0, 1], [new Float64Array(0), new Float64Array(0)])).toEqual([]);
  });
});
