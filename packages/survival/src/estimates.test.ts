import { Durations } from '@churn/core';
import reference from '../test/reference/estimates.json';
import { kaplanMeier, survivalAt } from './kaplan-meier.js';
import { logRankTest } from './log-rank-test.js';
import { medianSurvival } from './median-survival.js';
import { nelsonAalen } from './nelson-aalen.js';
import { restrictedMeanSurvival } from './restricted-mean-survival.js';

const close = (received: Float64Array, expected: readonly number[]) => {
  expect(received).toHaveLength(expected.length);
  received.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 10);
  });
};

describe.each(reference.cases)(
  'agrees with lifelines, $name:',
  ({ durations, events, entry, weights, ...expected }) => {
    const y = Durations.from({ durations, events, entry: entry ?? undefined });
    const options = { sampleWeight: weights ?? undefined, confidence: 0.9 };
    const curve = kaplanMeier(y, options);

    it('the Kaplan-Meier estimate and its intervals', () => {
      const at = survivalAt(curve, expected.kaplanMeier.times);
      close(at, expected.kaplanMeier.estimate);
      curve.times.forEach((time, i) => {
        const place = expected.kaplanMeier.times.indexOf(time);
        // Where survival is 0, lifelines gives no interval that tells.
        if (curve.survival[i] === 0) return;
        expect(curve.lower[i]).toBeCloseTo(expected.kaplanMeier.lower[place], 10);
        expect(curve.upper[i]).toBeCloseTo(expected.kaplanMeier.upper[place], 10);
      });
    });

    it('the Nelson-Aalen estimate, and its intervals without ties', () => {
      const hazard = nelsonAalen(y, options);
      const at = hazard.times.map(
        (time) => expected.nelsonAalen.estimate[expected.nelsonAalen.times.indexOf(time)],
      );
      close(hazard.cumulativeHazard, Array.from(at));
      if (!expected.withoutTies) return;
      close(hazard.lower, expected.withoutTies.lower);
      close(hazard.upper, expected.withoutTies.upper);
    });

    it('the median and the restricted mean', () => {
      const { time, lower, upper } = medianSurvival(curve);
      expect([time, lower, upper]).toEqual(expected.median);
      expect(restrictedMeanSurvival(curve, 9.5).mean).toBeCloseTo(expected.restrictedMean, 10);
    });
  },
);

it.each(reference.logRank)('agrees with lifelines: the test with the weighting $weighting', (expected) => {
  const { weighting, weights, groups, ...y } = expected;
  const options = {
    sampleWeight: weights ?? undefined,
    ...(weighting === 'fleming-harrington' && { p: 0.5, q: 2 }),
  };
  const result = logRankTest(y, groups, { weighting: weighting as 'log-rank', ...options });
  expect(result.statistic).toBeCloseTo(expected.statistic, 9);
  expect(result.pValue / expected.pValue).toBeCloseTo(1, 9);
});
