import { Labels, nextBelow, Random } from '@churn/core';
import fc from 'fast-check';
import { calibratedRates } from './calibrated-rates.js';
import { cellFigures } from './cell-figures.js';
import { cellMeans, sharesFrom } from './cell-means.js';
import { poisson } from './poisson.js';
import { ScoreCounts } from './score-counts.js';
import { scoreReference } from './score-reference.js';

/** Few distinct scores, so that each has a cell. */
const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), {
  minLength: 12,
  maxLength: 60,
});

it('metrics of cells with a single score equal those of the rows', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(0, 0.25, 0.5, 0.9, 1), (pairs, threshold) => {
      const p = pairs.map(([score]) => score / 20);
      const probabilities = [p.map((each) => 1 - each), p];
      const labels = Labels.from(
        pairs.map(([, isPositive]) => isPositive),
        [false, true],
      );
      const score = scoreReference(probabilities, labels, [false, true], { threshold });
      const counts = new ScoreCounts(score);
      counts.add(probabilities);
      const [positives] = score.positives as number[][];
      const negatives = score.probabilities[0].counts.map((count, cell) => count - positives[cell]);
      const costs = { falsePositive: 2, falseNegative: 3, truePositive: -1 };
      const [means] = cellMeans(counts, threshold);
      const found = cellFigures([{ positives, negatives, means }], costs);
      for (const name of [
        'rocAuc',
        'logLoss',
        'brierScore',
        'accuracy',
        'precision',
        'recall',
        'f1',
      ] as const) {
        const expected = score.figures?.[name] ?? null;
        if (expected === null) expect(found[name]).toBeNull();
        else expect(found[name]).toBeCloseTo(expected, 9);
      }
      const profits = pairs.map(([, isPositive], row): number => {
        if (p[row] >= threshold) return isPositive ? 1 : -2;
        return isPositive ? -3 : 0;
      });
      expect(found.profit).toBeCloseTo(profits.reduce((sum, profit) => sum + profit, 0) / pairs.length, 9);
    }),
  );
});

it('a cell is divided by the threshold as if its rows were evenly spread', () => {
  expect(sharesFrom(0.5, [0.25, 0.75])).toEqual([0, 0.5, 1]);
  expect(sharesFrom(0.5, [nextBelow(0.5), 0.6])).toEqual([0, 1, 1]);
  expect(sharesFrom(0, [0.3])).toEqual([1, 1]);
  expect(sharesFrom(1.1, [0.3])).toEqual([0, 0]);
});

it('rates are monotone in the score, and interpolated in cells without rows', () => {
  const rates = calibratedRates([1, 3, 0, 2, 9], [10, 10, 0, 10, 10]);
  // The second and the fourth are pooled: 5 of 20.
  expect([...rates]).toEqual([0.1, 0.25, 0.25, 0.25, 0.9].map((rate) => expect.closeTo(rate, 12)));
});

it.each([0, 0.3, 4, 29, 31, 500])('draws Poisson numbers of mean and variance %d', (mean) => {
  const random = new Random('poisson', mean);
  const drawn = Array.from({ length: 20_000 }, () => poisson(random, mean));
  const found = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
  const variance = drawn.reduce((sum, each) => sum + (each - found) ** 2, 0) / drawn.length;
  expect(drawn.every((each) => Number.isInteger(each) && each >= 0)).toBe(true);
  expect(Math.abs(found - mean)).toBeLessThanOrEqual(5 * Math.sqrt(mean / drawn.length));
  expect(Math.abs(variance - mean)).toBeLessThanOrEqual(0.06 * mean);
});
