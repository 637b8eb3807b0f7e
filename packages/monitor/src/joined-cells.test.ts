import fc from 'fast-check';
import { joinDeciles, joinRare } from './joined-cells.js';

const NONE = { reference: 0, current: 0 };

it('joins cells of numbers into ten groups, values above the reference in the last', () => {
  const cells = new Array(40).fill(5);
  const { reference, current } = joinDeciles([...cells, 0], [...cells, 7]);
  expect(reference).toEqual(new Array(10).fill(20));
  expect(current).toEqual([...new Array(9).fill(20), 27]);
});

it('keeps a group for a frequent value', () => {
  expect(joinDeciles([60, 10, 10, 10, 10, 0], [1, 2, 3, 4, 5, 6])).toEqual({
    reference: [60, 10, 10, 10, 10],
    current: [1, 2, 3, 4, 11],
  });
});

it('joins levels with too few expected rows, and unseen ones', () => {
  // With 100 and 50 rows, 5 rows of a level with 15 in total are expected in the smaller sample, and 4 of one with 12.
  expect(joinRare([60, 20, 10, 8, 2], [25, 10, 5, 4, 0], { reference: 0, current: 6 })).toEqual({
    reference: [60, 20, 10, 10],
    current: [25, 10, 5, 10],
  });
});

it('adds the rarest other level if rare ones are too few together', () => {
  expect(joinRare([60, 38, 2], [30, 20, 0], NONE)).toEqual({ reference: [60, 40], current: [30, 20] });
});

it('joins levels that may have been kept by chance if the reference dropped others', () => {
  // The rarest level kept has 9 rows, so levels with fewer than 9 + 4 * 3 expected reference rows are rare.
  const rest = { reference: 30, current: 40 };
  expect(joinRare([100, 52, 9, 9], [100, 44, 6, 10], rest)).toEqual({
    reference: [100, 52, 48],
    current: [100, 44, 56],
  });
});

it('loses no row, whatever the counts', () => {
  const counts = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(counts, fc.nat(20), fc.nat(20), (pairs, others, unseen) => {
      const [before, now] = [pairs.map(([count]) => count + 1), pairs.map(([, count]) => count)];
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      const rare = joinRare(before, now, { reference: others, current: unseen });
      expect([sum(rare.reference), sum(rare.current)]).toEqual([sum(before) + others, sum(now) + unseen]);
      const deciles = joinDeciles(before, now);
      expect([sum(deciles.reference), sum(deciles.current)]).toEqual([sum(before), sum(now)]);
      expect(deciles.reference.length).toBeLessThanOrEqual(10);
      expect(deciles.reference.every((count) => count > 0)).toBe(true);
    }),
  );
});
