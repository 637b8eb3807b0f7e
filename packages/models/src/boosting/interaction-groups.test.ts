import { interactionGroups } from './interaction-groups.js';

describe('interactionGroups', () => {
  it('have a bit for each group that a column is in, and one for the columns in none', () => {
    expect(interactionGroups(['a', 'b', 'c', 'd'], [['a', 'b'], ['b']])).toEqual([1n, 3n, 4n, 4n]);
    expect(interactionGroups(['a', 'b'], null)).toEqual([2n ** 64n - 1n, 2n ** 64n - 1n]);
  });

  it('refuse columns that there are not, and more groups than they can tell', () => {
    expect(() => interactionGroups(['a'], [['b']])).toThrow('interactions: column "b" is missing');
    const many = Array.from({ length: 64 }, () => ['a']);
    expect(() => interactionGroups(['a'], many)).toThrow('interactions: expected up to 63 groups, got 64');
  });
});
