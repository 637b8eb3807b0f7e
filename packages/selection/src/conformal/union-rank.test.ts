import fc from 'fast-check';
import { unionRank } from './union-rank.js';

it('is the number at that rank of the merged list', () => {
  const list = fc.record({
    values: fc.array(fc.integer({ min: -5, max: 9 }), { maxLength: 12 }),
    shift: fc.integer({ min: -3, max: 3 }),
    scale: fc.constantFrom(0.5, 1, 3),
  });
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 5 }), (lists) => {
      const read = lists.map(({ values, ...rest }) => ({
        ...rest,
        values: Float64Array.from(values).sort(),
      }));
      const merged = read
        .flatMap(({ values, shift, scale }) => Array.from(values, (value) => shift + scale * value))
        .sort((a, b) => a - b);
      expect(merged.map((_, i) => unionRank(read, i + 1))).toEqual(merged);
    }),
  );
});
