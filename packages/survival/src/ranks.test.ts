import { ranksOf, sortByKey } from './ranks.js';

it('ranks numbers among the distinct ones', () => {
  const { of, count } = ranksOf(Float64Array.of(3, -1, 3, 0, -0, 7.5));
  expect([...of]).toEqual([2, 0, 2, 1, 1, 3]);
  expect(count).toBe(4);
  expect(ranksOf(new Float64Array(0)).count).toBe(0);
});

it('sorts by keys, and leaves what has equal ones in its order', () => {
  expect([...sortByKey(Uint32Array.of(4, 3, 2, 1, 0), [1, 0, 2, 1, 0], 3)]).toEqual([4, 1, 3, 0, 2]);
});
