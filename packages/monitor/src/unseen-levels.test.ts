import { unseenLevels } from './unseen-levels.js';

const reference = (counts: readonly number[], others = 0) => ({
  kind: 'category' as const,
  name: 'plan',
  levels: counts.map((_, i) => `level ${i}`),
  counts,
  others,
  missing: 0,
});

it('expects none if no level is rare', () => {
  // The probability that all three unseen rows are among the later ones: 20 * 19 * 18 / (120 * 119 * 118).
  const { expected, test } = unseenLevels(reference([60, 40]), 3, 20);
  expect(expected).toBe(0);
  expect(test).toMatchObject({
    method: 'fisher',
    pValue: expect.closeTo((20 * 19 * 18) / (120 * 119 * 118), 12),
  });
});

it('expects as many rows as had a level that occurred once', () => {
  const counts = [90, ...new Array(10).fill(1)];
  expect(unseenLevels(reference(counts), 10, 100)).toMatchObject({
    expected: 0.1,
    test: { pValue: expect.closeTo(1, 6) },
  });
});

it('expects, if levels were dropped, as many rows as had those or the rarest kept', () => {
  expect(unseenLevels(reference([50, 20, 5, 5], 20), 0, 100).expected).toBe(0.3);
  expect(unseenLevels(reference([], 100), 100, 100)).toEqual({ expected: 1, test: null });
});

it('has a variance that increases with the number of levels that occurred twice', () => {
  const few = unseenLevels(reference([700, ...new Array(300).fill(1)]), 400, 1000).test?.pValue ?? NaN;
  const some = unseenLevels(
    reference([300, ...new Array(200).fill(2), ...new Array(300).fill(1)]),
    400,
    1000,
  );
  // The difference is 0.1, its variance (300 + 2 * 200) / 1000² + 0.35 * 0.65 / 1000.
  expect(some.test?.statistic).toBeCloseTo(0.01 / (0.0007 + 0.0002275), 9);
  expect(some.test?.pValue).toBeGreaterThan(few);
});

it('reports nothing for no rows', () => {
  expect(unseenLevels(reference([]), 5, 10)).toEqual({ expected: 0, test: null });
  expect(unseenLevels(reference([5]), 0, 0)).toEqual({ expected: 0, test: null });
});
