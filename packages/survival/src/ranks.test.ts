import { ranksOf, sortByKey } from './ranks.js';

it('ranks numbers among the distinct ones', () => {
  const { of, count } = ranksOf(Float64Array.of(3, -1, 3, 0, -0, 7.5));
  expect([...of]).toEqual([2, 0, 2, 1, 1, 3]);
  expect(count).toBe(4);
  expect(ranksOf(new Float64Array(0)).count).toBe(0);
});

it.each([
  ['far apart', [-Number.MAX_VALUE, 0, 5e-324, Number.MAX_VALUE, 1]],
  ['close together', [1, 1 + Number.EPSILON, 1 - Number.EPSILON, 1]],
  ['with one large value', [1e300, ...Array.from({ length: 50 }, (_, i) => (i * 7) % 50)]],
  ['of all sizes', Array.from({ length: 300 }, (_, i) => (i % 2 ? -1 : 1) / (1 + ((i * 37) % 300)))],
])('ranks numbers %s', (_, values) => {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const { of, count } = ranksOf(Float64Array.from(values));
  expect([...of]).toEqual(values.map((value) => distinct.indexOf(value)));
  expect(count).toBe(distinct.length);
});

it('sorts by keys, stably', () => {
  expect([...sortByKey(Uint32Array.of(4, 3, 2, 1, 0), [1, 0, 2, 1, 0], 3)]).toEqual([4, 1, 3, 0, 2]);
});
