import { interactionGroups } from './interaction-groups.js';

describe('interactionGroups', () => {
  it('have a bit for each group of a column, and one for the columns in no group', () => {
    expect(interactionGroups(['a', 'b', 'c', 'd'], [['a', 'b'], ['b']])).toEqual([1n, 3n, 4n, 4n]);
    expect(interactionGroups(['a', 'b'], null)).toEqual([2n ** 64n - 1n, 2n ** 64n - 1n]);
  });

  it('reject missing columns and too many groups', () => {
    expect(() => interactionGroups(['a'], [['b']])).toThrow('interactions: column "b" is missing');
    const many = Array.from({ length: 64 }, () => ['a']);
    expect(() => interactionGroups(['a'], many)).toThrow('interactions: expected up to 63 groups, got 64');
  });
});
