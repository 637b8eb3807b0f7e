import fc from 'fast-check';
import { categoryProfile, numericProfile } from './column-profile.js';
import { distinctValues } from './distinct-values.js';
import { finiteValues } from './finite-values.js';
import { mutualInformation } from './mutual-information.js';
import { quantiles } from './quantiles.js';
import { singleColumnAuc } from './single-column-auc.js';

const profileOf = (values: readonly number[], maxBins = 100) =>
  numericProfile('x', distinctValues(Float64Array.from(values)), maxBins);

it('has the statistics of a numeric column computed by hand', () => {
  // Around 4 the deviations are -3, -2, -1, 6: squares 50, cubes 180, fourth powers 1394.
  const received = profileOf([1, 2, 3, 10, NaN, Infinity]);
  expect(received).toMatchObject({ missing: 1, infinite: 1, distinct: 5, isWhole: true, mean: 4 });
  expect(received.sd).toBeCloseTo(Math.sqrt(50 / 3), 12);
  expect(received.skew).toBeCloseTo((Math.sqrt(12) / 2) * (45 / 12.5 ** 1.5), 12);
  expect(received.kurtosis).toBeCloseTo((4 * 5 * 3 * 1394) / (2 * 1 * 2500) - 27 / 2, 12);
  expect([received.quantiles[0], received.quantiles[4], received.quantiles[8]]).toEqual([1, 2.5, 10]);
  // Quartiles 1.75 and 4.75.
  expect(received.outliers).toEqual({ lowerFence: -2.75, upperFence: 9.25, below: 0, above: 1 });
});

it.each([
  ['no values', [], null, null],
  ['only missing values', [NaN, NaN], null, null],
  ['only infinite values', [Infinity, -Infinity], null, null],
  ['one row', [7], 7, null],
  ['a constant', [7, 7, 7, 7], 7, 0],
])('has statistics of %s', (_, values, mean, sd) => {
  const received = profileOf(values);
  expect(received).toMatchObject({ mean, sd, skew: null, kurtosis: null });
  expect(received.quantiles).toEqual(new Array(9).fill(mean));
  expect(received.histogram.counts).toEqual(mean === null ? [] : [values.length]);
});

it('returns each quantile of the sorted rows, and counts each row in one bin', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (rows, probability) => {
      const sorted = [...rows].sort((a, b) => a - b);
      const at = probability * (rows.length - 1);
      const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
      const counted = finiteValues(distinctValues(Float64Array.from(rows)));
      const [received] = quantiles(counted, [probability]);
      expect(received).toBeCloseTo(low + (at - Math.floor(at)) * (high - low), 6);
      const { counts, edges, isCapped } = profileOf(rows, 4).histogram;
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
      expect(counts.length).toBeLessThanOrEqual(4);
      expect([edges.length, isCapped && counts.length < 4]).toEqual([counts.length + 1, false]);
    }),
  );
});

it('has one bin for values too close to separate', () => {
  expect(profileOf([6e-323, 5.4e-323]).histogram).toMatchObject({ counts: [2], isCapped: false });
  expect(profileOf([0, 5e-324]).histogram.counts).toEqual([2]);
});

it('interpolates between opposite huge values', () => {
  const counted = finiteValues(distinctValues(Float64Array.of(-1.5e308, 1.5e308)));
  expect(quantiles(counted, [0.5])).toEqual([0]);
  expect(profileOf([-1.5e308, 1.5e308]).histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
});

it('lists the most frequent levels, ties by name, and the rows of the others', () => {
  const levels = ['z', '__proto__', 'constructor', 'a', 'unused'];
  const column = { kind: 'category', codes: Int32Array.of(0, 0, 1, 2, 3, -1, 3, 1), levels } as const;
  expect(categoryProfile('x', column, Int32Array.of(2, 2, 1, 2, 0), 2)).toEqual({
    name: 'x',
    kind: 'category',
    missing: 1,
    distinct: 4,
    top: [
      { level: '__proto__', rows: 2 },
      { level: 'a', rows: 2 },
    ],
    otherRows: 3,
  });
});

it('ranks like counting all pairs', () => {
  const group = fc.tuple(fc.nat(5), fc.nat(5));
  fc.assert(
    fc.property(fc.array(group, { maxLength: 6 }), (groups) => {
      let [wins, pairs] = [0, 0];
      groups.forEach(([positives], i) => {
        groups.forEach(([, negatives], j) => {
          pairs += positives * negatives;
          wins += positives * negatives * (i > j ? 1 : i === j ? 0.5 : 0);
        });
      });
      const received = singleColumnAuc(
        groups.map(([positives, negatives]) => positives + negatives),
        groups.map(([positives]) => positives),
      );
      if (pairs === 0) expect(received).toBeNull();
      else expect(received).toBeCloseTo(wins / pairs, 12);
    }),
  );
});

it('has full information if groups equal classes, and none if rates are equal', () => {
  expect(
    mutualInformation([
      [0, 5],
      [5, 0],
    ]),
  ).toBeCloseTo(Math.log(2), 14);
  expect(
    mutualInformation([
      [1, 2],
      [3, 6],
    ]),
  ).toBeCloseTo(0, 14);
  expect(mutualInformation([[], []])).toBe(0);
});
