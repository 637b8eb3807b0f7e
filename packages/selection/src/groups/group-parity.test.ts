import reference from '../../test/reference/groups.json';
import { demographicParity, equalisedOdds, equalOpportunity } from './group-parity.js';

describe.each(reference.cases)('$name', ({ y, predicted, groups, sampleWeight, gaps }) => {
  const weights = { sampleWeight: sampleWeight ?? undefined };

  it.each(['betweenGroups', 'toOverall'] as const)('agrees with fairlearn, %s', (method) => {
    const options = { ...weights, method };
    const own = {
      demographicParity: demographicParity(y, predicted, groups, options),
      equalOpportunity: equalOpportunity(y, predicted, groups, options),
      equalisedOdds: equalisedOdds(y, predicted, groups, options),
      equalisedOddsMean: equalisedOdds(y, predicted, groups, { ...options, aggregate: 'mean' }),
    };
    for (const [name, gap] of Object.entries(own)) {
      const wanted = gaps[name as keyof typeof gaps][method];
      expect(Math.abs(gap.difference - wanted.difference)).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(gap.ratio - wanted.ratio)).toBeLessThanOrEqual(1e-12);
    }
  });
});

it('excludes a group without positive rows from equal opportunity, and treats rates of 0 as equal', () => {
  const groups = ['a', 'a', 'b', 'b', 'c'];
  expect(equalOpportunity([1, 1, 1, 1, 0], [1, 0, 1, 1, 0], groups)).toEqual({ difference: 0.5, ratio: 0.5 });
  expect(demographicParity([1, 0, 1, 0, 0], [0, 0, 0, 0, 0], groups)).toEqual({ difference: 0, ratio: 1 });
});

it('rejects groups that cannot be compared', () => {
  expect(() => demographicParity([0, 1], [0, 1], ['a'])).toThrow(
    'groups: expected a value for each of 2 rows, got 1',
  );
  expect(() => demographicParity([0, 1], [0, 1], 'ab' as never)).toThrow('groups: expected a column');
  expect(() => demographicParity(['x', 'y'], ['x', 'y'], ['a', 'b'])).toThrow('the positive class');
  expect(() => equalisedOdds([0, 1, 2], [0, 1, 2], ['a', 'b', 'b'])).toThrow('labels of two classes');
  expect(() => equalOpportunity([0, 1], [0, 1], ['a', 'b'], { method: 'any' as never })).toThrow(
    'method: expected one of betweenGroups, toOverall',
  );
});
