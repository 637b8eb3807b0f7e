import { placesOfLargest } from './largest.js';

describe('placesOfLargest', () => {
  it('returns the positions of the largest, in order', () => {
    expect(placesOfLargest([1, 5, 3, 4], 2)).toEqual([1, 3]);
    expect(placesOfLargest([2, 2, 2], 2)).toEqual([0, 1]);
    expect(placesOfLargest([0, 7], 5)).toEqual([0, 1]);
  });
});
